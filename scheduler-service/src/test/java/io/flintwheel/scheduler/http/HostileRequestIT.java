package io.flintwheel.scheduler.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.flintwheel.testing.RawAnswer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library would send, as they are on the wire. */
@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@WithTestResource(PostgresTestResource.class)
class HostileRequestIT {

  private static final String SCHEDULES = "/api/v1/schedules";
  private static final int MEBIBYTE = 1024 * 1024;

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v1/schedules/%zz, 'at character 19, '",
    "GET, /api/v1/schedules/a/preview?n=%zz, 'at character 31, '",
    "POST, /api/v1/schedules?foo=%zz, 'at character 23, '",
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
    RawAnswer answer = RawAnswer.to("GET", SCHEDULES + "/" + "a".repeat(30_000));

    assertThat(answer.isProblem(414)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("expected")).isEqualTo("at most 8192 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 12})
  void saysHowLargeABodyMayBe(int mebibytes) throws Exception {
    RawAnswer answer = RawAnswer.toSized("POST", SCHEDULES, mebibytes * MEBIBYTE);

    assertThat(answer.isProblem(413)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("expected")).isEqualTo("at most 1048576 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 12})
  void saysHowLargeABodyMayBeThatTellsNoLength(int mebibytes) throws Exception {
    RawAnswer answer =
        RawAnswer.toChunked(
            "POST", SCHEDULES, mebibytes * MEBIBYTE, "Content-Type: application/json");

    assertThat(answer.isProblem(413)).as(answer.text()).isTrue();
    assertThat(answer.text()).contains("at most 1048576 bytes");
  }

  @Test
  void refusesAnAcceptHeaderThatIsNone() throws Exception {
    RawAnswer answer = RawAnswer.to("GET", SCHEDULES + "/a", "Accept: garbage");

    assertThat(answer.isProblem(400)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("field")).isEqualTo("Accept");
  }

  @Test
  void takesAnAcceptHeaderThatIsEmpty() throws Exception {
    RawAnswer answer = RawAnswer.to("GET", "/q/health/live", "Accept: ");

    assertThat(answer.status()).isEqualTo(200);
  }
}
