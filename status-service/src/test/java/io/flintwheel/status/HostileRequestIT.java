package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.testing.RawAnswer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library would send, as they are on the wire. */
@QuarkusTest
@OnStatusService
class HostileRequestIT {

  private static final String JOBS = "/api/v1/jobs";

  private final String id = Jobs.newId();
  private final JobTopics topics = new JobTopics();

  @BeforeEach
  void request() throws Exception {
    topics.requested(id, JobTopics.UNWATCHED, Map.of());
    Jobs.awaitState(id, "REQUESTED");
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @ParameterizedTest
  @CsvSource({
    "?stat=FAILED, stat, 'cursor, label, limit, namespace, schedule, state'",
    "?STATE=FAILED, STATE, 'cursor, label, limit, namespace, schedule, state'",
    "?limit=1;drop, drop, state",
    "/{id}?x, x, no parameters",
    "/{id}/events?before=2, before, after",
    "/{id}/stream?after=2, after, no parameters",
    "/stream?state=RUNNING, state, no parameters",
    "/{id}/logs?lines=2, lines, 'attempt, follow, tail'",
    "/{id}/logs?tail=1&tail=2, tail, once",
    "/{id}/logs?attempt=, attempt, a value",
    "?limit=1&limit=2, limit, once",
    "?namespace=a&namespace=b, namespace, once",
    "/{id}/events?after=1&after=2, after, once",
    "?schedule=, schedule, a value",
    "?state=, state, a value",
    "?label, label, a value",
    "?cursor=, cursor, a value",
    "/{id}/events?after=, after, a value",
    "?limit=%2B1, limit, 1 to 500",
    "?limit=%D9%A1, limit, 1 to 500",
    "?state=%ff%fe, state, RUNNING",
    "/%00, jobId, 1 to 45 characters",
    "/a%2Fb/stream, jobId, 1 to 45 characters",
  })
  void refusesAParameterByNameAndSaysWhatWouldBeRight(String path, String field, String expected)
      throws Exception {
    RawAnswer answer = RawAnswer.to("GET", JOBS + path.replace("{id}", id));

    assertThat(answer.isProblem(400)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("field")).isEqualTo(field);
    assertThat(answer.json().getString("expected")).contains(expected);
  }

  @Test
  void tellsAllParametersThatAreWrong() throws Exception {
    RawAnswer answer = RawAnswer.to("GET", JOBS + "?stat=FAILED&limit=1&limit=2&schedule=");

    JsonPath problem = answer.json();
    assertThat(problem.getList("problems.field", String.class))
        .containsExactly("limit", "schedule", "stat");
  }

  @Test
  void takesStatesAndLabelsThatAreRepeated() throws Exception {
    RawAnswer answer =
        RawAnswer.to("GET", JOBS + "?state=RUNNING&st%61te=LOST&label=a=b&label=c=d");

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?state=%zz", "?%zz=1", "?state=%", "/%zz", "/%", "/a%2/events"})
  void refusesAMalformedUri(String path) throws Exception {
    RawAnswer answer = RawAnswer.to("GET", JOBS + path);

    assertThat(answer.isProblem(400)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("detail")).containsPattern("at character [0-9]+, '%");
    assertThat(answer.json().getString("expected")).contains("%25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/jobs?label=", "/", "/api/v1/jobs/"})
  void refusesAUriThatIsTooLong(String path) throws Exception {
    RawAnswer answer = RawAnswer.to("GET", path + "a".repeat(30_000));

    assertThat(answer.isProblem(414)).as(answer.text()).isTrue();
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    RawAnswer answer = RawAnswer.to("POST", JOBS, "Content-Length: 300000");

    assertThat(answer.isProblem(413)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("expected")).isEqualTo("at most 65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "/", "a/b/c", ";q=1", ",", "text/html;q=x"})
  void refusesAnAcceptHeaderThatIsNone(String accept) throws Exception {
    RawAnswer answer = RawAnswer.to("GET", JOBS, "Accept: " + accept);

    assertThat(answer.isProblem(400)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("field")).isEqualTo("Accept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/html, */*;q=0.8",
        "application/*",
        "APPLICATION/JSON",
        // What java.net.HttpURLConnection sends.
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
      })
  void takesAnAcceptHeaderThatAllowsJson(String accept) throws Exception {
    RawAnswer answer = RawAnswer.to("GET", JOBS, "Accept: " + accept);

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"'', text/event-stream", "/{id}, text/html", "/{id}/stream, application/json"})
  void saysThatItCannotAnswerInWhatIsAccepted(String path, String accept) throws Exception {
    RawAnswer answer = RawAnswer.to("GET", JOBS + path.replace("{id}", id), "Accept: " + accept);

    assertThat(answer.isProblem(406)).as(answer.text()).isTrue();
    assertThat(answer.json().getString("detail")).contains("Accept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/{id}/stream"})
  void endsTheHeadOfAStream(String path) throws Exception {
    RawAnswer answer = RawAnswer.to("HEAD", JOBS + path.replace("{id}", id));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).containsIgnoringCase("content-type: text/event-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-once", "with-an-error", "before-the-first-byte"})
  void tellsNothingOfTheInsideWhateverFails(String failing) throws Exception {
    RawAnswer answer = RawAnswer.to("GET", "/test/fails/" + failing);

    assertThat(answer.isProblem(500)).as(answer.text()).isTrue();
    assertThat(answer.json().getInt("status")).isEqualTo(500);
    assertThat(answer.text()).doesNotContain(FailingResource.SECRET, "Exception", "stack");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while-streaming",
        "while-streaming-with-a-defect",
        "before-the-first-event",
        "between-events"
      })
  void leavesAnAnswerUnfinishedThatFailsInTheMiddle(String failing) throws Exception {
    RawAnswer answer = RawAnswer.to("GET", "/test/fails/" + failing);

    List<String> lines = answer.text().lines().toList();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(lines).as("the chunk that says that this was all").doesNotContain("0");
    assertThat(answer.text()).doesNotContain(FailingResource.SECRET, "about:blank");
  }
}
