package io.flintwheel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.http.ProblemDetails;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/jobs?foo=%zz     | at character 18, '%zz'
          /api/v1/jobs/%zz/logs    | at character 14, '%zz/logs'
          /a?x=%                   | at character 6, '%'
          /a%2                     | at character 3, '%2'

          """)
  void saysWhereAUriCannotBeRead(String uri, String where) {
    ProblemDetails problem = RequestHead.problemOfUri(uri).orElseThrow();

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).isEqualTo("the URI cannot be read " + where);
    assertThat(problem.expected()).contains("%XX", "%25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "*", "/a%20b?c=%E2%82%AC&d", "http://localhost:1/a?b=c"})
  void findsNothingWrongWithAUriThatCanBeRead(String uri) {
    assertThat(RequestHead.problemOfUri(uri)).isEmpty();
  }

  @Test
  void saysHowLongAUriMayBe() {
    ProblemDetails problem = RequestHead.problemOfUri("/" + "a".repeat(8192)).orElseThrow();

    assertThat(problem.status()).isEqualTo(414);
    assertThat(problem.expected()).isEqualTo("at most 8192 bytes");
  }

  @ParameterizedTest
  @CsvSource({"101, has 101 bytes", "99999999999999999999, has too many bytes"})
  void saysHowLongABodyMayBe(String length, String told) {
    ProblemDetails problem = RequestHead.problemOfLength(length, 100).orElseThrow();

    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.detail()).isEqualTo("the body " + told);
    assertThat(problem.expected()).isEqualTo("at most 100 bytes");
  }

  @ParameterizedTest
  @CsvSource({"100", "0", ","})
  void findsNothingWrongWithABodyOfTheRightLength(String length) {
    Optional<ProblemDetails> problem = RequestHead.problemOfLength(length, 100);

    assertThat(problem).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "/",
        "a/b/c",
        ";q=1",
        ",",
        "text/html;q=x",
        "text/html;",
        "a/b,",
        "a/b;q="
      })
  void refusesAnAcceptThatHoldsNoMediaTypes(String accept) {
    ProblemDetails problem = RequestHead.problemOfAccept(List.of(accept)).orElseThrow();

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo("Accept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/problem+json",
        "APPLICATION/*; charset=\"utf-8\" ; q=0.5",
        "text/html, image/gif, *; q=.2, */*; q=1.",
      })
  void takesAnAcceptThatHoldsMediaTypes(String accept) {
    assertThat(RequestHead.problemOfAccept(List.of(accept))).isEmpty();
  }
}
