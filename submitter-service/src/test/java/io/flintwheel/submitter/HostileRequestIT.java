package io.flintwheel.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.testing.RawAnswer;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library would send, as they are on the wire. */
@QuarkusTest
@OnSubmitter
class HostileRequestIT {

  private static final String JOBS = "/api/v1/jobs";
  private static final int MEBIBYTE = 1024 * 1024;

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v1/jobs/%zz, 'at character 14, '",
    "DELETE, /api/v1/jobs/a?reason=%zz, 'at character 23, '",
    "POST, /api/v1/jobs?foo=%zz, 'at character 18, '",
    "GET, /q/openapi?%, 'at character 12, '",
  })
  void saysWhereAUriIsMalformed(String method, String uri, String where) throws Exception {
    RawAnswer answer = RawAnswer.to(method, uri);

    assertThat(answer.isProblem(400)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("detail")).contains(where);
    assertThat(answer.json().getString("expected")).contains("%25");
  }

  @Test
  void saysHowLongAUriMayBe() throws Exception {
    RawAnswer answer = RawAnswer.to("DELETE", JOBS + "/" + "a".repeat(30_000));

    assertThat(answer.isProblem(414)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("expected")).isEqualTo("at most 8192 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12})
  void saysHowLargeABodyMayBe(int mebibytes) throws Exception {
    RawAnswer answer = RawAnswer.toSized("POST", JOBS, mebibytes * MEBIBYTE);

    assertThat(answer.isProblem(413)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("expected")).isEqualTo("at most 524288 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12})
  void saysHowLargeABodyMayBeThatTellsNoLength(int mebibytes) throws Exception {
    RawAnswer answer =
        RawAnswer.toChunked("POST", JOBS, mebibytes * MEBIBYTE, "Content-Type: application/json");

    assertThat(answer.isProblem(413)).as(answer.text()).isTrue();
    assertThat(answer.text()).contains("at most 131072 bytes");
  }

  @Test
  void refusesAnAcceptHeaderThatIsNone() throws Exception {
    RawAnswer answer = RawAnswer.to("DELETE", JOBS + "/a", "Accept: garbage");

    assertThat(answer.isProblem(400)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("field")).isEqualTo("Accept");
  }

  @Test
  void takesAnAcceptHeaderThatIsEmpty() throws Exception {
    RawAnswer answer = RawAnswer.to("DELETE", JOBS + "/" + JobIds.next(), "Accept: ");

    assertThat(answer.status()).isEqualTo(202);
  }
}
