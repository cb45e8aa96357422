package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobViewTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:12.340Z");

  @Test
  void tellsStateExecutorsTasksAndTime() throws Exception {
    JobView job =
        job(
            """
            {"jobId": "pi", "state": "RUNNING", "requestedAt": "2026-11-23T10:00:00Z",
             "executors": [{"id": "1", "state": "RUNNING"}, {"id": "2", "state": "PENDING"},
                           {"id": "3", "state": "RUNNING"}],
             "progress": {"tasksDone": 7, "tasksTotal": 20}}
            """);

    String line = job.line(NOW);

    assertThat(line).isEqualTo("RUNNING    executors: 1 pending, 2 running  tasks 7/20  12.3 s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Unschedulable | 0/1 nodes are available: 1 Insufficient memory. no new claims | Unschedulable: 0/1 nodes are available: 1 Insufficient memory.",
        "ImagePullBackOff | Back-off pulling image | ImagePullBackOff: Back-off pulling image",
        "NoRoom | - | NoRoom",
      })
  void tellsWhatTheDriverWaitsFor(String reason, String message, String told) throws Exception {
    ObjectNode pending = EventJson.mapper().createObjectNode().put("state", "PENDING");
    pending.putObject("waiting").put("reason", reason).put("message", message);
    JobView job = new JobView(pending);

    String line = job.line(NOW);

    assertThat(line).isEqualTo("PENDING    no executors yet  0.0 s  " + told);
    assertThat(job.change()).contains(told);
  }

  @Test
  void tellsNothingOfADriverThatWaitsForNoReason() throws Exception {
    JobView job =
        job("{\"state\": \"PENDING\", \"waiting\": {\"since\": \"2026-11-23T10:00:00Z\"}}");

    assertThat(job.waiting()).isEmpty();
  }

  @Test
  void tellsWhatAnExecutorWaitsForWhileTheDriverRuns() throws Exception {
    JobView job =
        job(
            """
            {"state": "RUNNING", "executors": [{"id": "1", "state": "RUNNING"},
             {"id": "2", "state": "PENDING", "waiting": {"reason": "Unschedulable",
              "message": "0/3 nodes are available: 3 Insufficient cpu. preemption: none"}}]}
            """);

    assertThat(job.waiting())
        .contains("executor 2: Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.");
  }

  @Test
  void tellsWhatWouldBeRightOfAJobThatWasRejected() throws Exception {
    JobView job =
        job(
            """
            {"state": "REJECTED",
             "failure": {"class": "POLICY", "reason": "Rejected", "message": "spec.image: is missing"},
             "problems": [{"field": "spec.image", "message": "is missing", "expected": "an image"}]}
            """);

    assertThat(job.failure())
        .contains("POLICY: Rejected: spec.image: is missing (expected: an image)");
    assertThat(job.hadDriver()).isFalse();
  }

  @Test
  void leavesOutTasksWhileTheDriverKnowsOfNone() throws Exception {
    JobView job = job("{\"progress\": {\"tasksDone\": 0, \"tasksTotal\": 0}}");

    assertThat(job.tasks()).isEmpty();
  }

  @Test
  void countsTimeNoFurtherThanTheEnd() throws Exception {
    JobView job =
        job(
            """
            {"jobId": "pi", "state": "SUCCEEDED", "requestedAt": "2026-11-23T10:00:00Z",
             "finishedAt": "2026-11-23T10:00:05Z"}
            """);

    String line = job.line(NOW);

    assertThat(line).isEqualTo("SUCCEEDED  no executors  5.0 s");
  }

  @Test
  void tellsThatExecutorsOfAJobThatHasEndedAreStopping() throws Exception {
    JobView job =
        job(
            """
            {"jobId": "pi", "state": "SUCCEEDED",
             "executors": [{"id": "1", "state": "RUNNING"}, {"id": "2", "state": "SUCCEEDED"}]}
            """);

    String executors = job.executors();

    assertThat(executors).isEqualTo("executors: 1 stopping, 1 succeeded");
    assertThat(job.settled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, SUCCEEDED, false",
    "SUCCEEDED, RUNNING, false",
    "CANCELLED, PENDING, false",
    "SUCCEEDED, SUCCEEDED, true",
    "FAILED, LOST, true"
  })
  void isSettledWhenTheJobAndItsExecutorsHaveEnded(String state, String executor, boolean settled)
      throws Exception {
    JobView job =
        job("{\"state\": \"%s\", \"executors\": [{\"state\": \"%s\"}]}".formatted(state, executor));

    assertThat(job.settled()).isEqualTo(settled);
  }

  @Test
  void tellsAFailureInTheServicesWords() throws Exception {
    JobView job =
        job(
            """
            {"jobId": "pi", "state": "FAILED",
             "failure": {"class": "APPLICATION", "exitCode": 1, "reason": "Error",
                         "message": "java.lang.IllegalStateException: no input"}}
            """);

    assertThat(job.ended()).isTrue();
    assertThat(job.failure())
        .contains("APPLICATION: exit code 1: Error: java.lang.IllegalStateException: no input");
  }

  private static JobView job(String json) throws JsonProcessingException {
    return new JobView(EventJson.mapper().readTree(json));
  }
}
