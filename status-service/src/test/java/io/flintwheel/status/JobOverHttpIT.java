package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.testing.KubernetesTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a change of a pod to what the API tells. */
@QuarkusTest
@OnStatusService
@Tag("cluster")
class JobOverHttpIT {

  /** The test profile's grace and its reconciliation, and some more. */
  private static final Duration LONGER_THAN_ANY_GRACE = Duration.ofMillis(2500);

  private final FakeKubelet kubelet = new FakeKubelet(KubernetesTestResource.client());

  @Test
  void tellsAJobFromItsRequestToItsEnd() throws Exception {
    String jobId = Jobs.newId();
    try (JobTopics topics = new JobTopics()) {
      topics.requested(jobId, FakeKubelet.NAMESPACE, Map.of("team", "a"));
    }
    Jobs.awaitState(jobId, "REQUESTED");
    Pod driver = kubelet.createDriver(jobId);
    Jobs.awaitState(jobId, "PENDING");
    kubelet.runs(driver);
    Jobs.awaitState(jobId, "RUNNING");
    assertThat(Jobs.get(jobId).getString("links.sparkUi"))
        .isEqualTo("http://127.0.0.9:" + FakeKubelet.UI_PORT);
    Pod executor = kubelet.createExecutor(jobId, "1");
    kubelet.runs(executor);
    await()
        .untilAsserted(
            () -> assertThat(Jobs.get(jobId).getString("executors[0].state")).isEqualTo("RUNNING"));

    kubelet.succeeds(executor);
    kubelet.succeeds(driver);

    Jobs.awaitState(jobId, "SUCCEEDED");
    JsonPath job = Jobs.get(jobId);
    assertThat(job.getString("labels.team")).isEqualTo("a");
    assertThat(job.getInt("attempt")).isEqualTo(1);
    assertThat(job.getString("attempts[0].driver.name")).isEqualTo(jobId + "-driver");
    assertThat(job.getString("attempts[0].driver.node")).isEqualTo("fake-node");
    assertThat(job.getInt("attempts[0].exitCode")).isZero();
    assertThat(job.getString("executors[0].state")).isEqualTo("SUCCEEDED");
    assertThat(job.getString("requestedAt")).isNotNull();
    assertThat(job.getString("startedAt")).isNotNull();
    assertThat(job.getString("finishedAt")).isNotNull();
    assertThat(job.getString("links.sparkUi")).isNull();
  }

  @Test
  void tellsInWordsWhyADriverFailed() {
    String jobId = Jobs.newId();
    Pod driver = kubelet.createDriver(jobId);

    kubelet.ends(driver, 101, "Error", "Error: Failed to load class org.example.Missing.");

    Jobs.awaitState(jobId, "FAILED");
    JsonPath job = Jobs.get(jobId);
    assertThat(job.getString("failure.class")).isEqualTo("APPLICATION");
    assertThat(job.getInt("failure.exitCode")).isEqualTo(101);
    assertThat(job.getString("failure.reason")).isEqualTo("Error");
    assertThat(job.getString("failure.message")).contains("org.example.Missing");
    assertThat(job.getString("failure.hint")).contains("mainClass");
    assertThat(job.getInt("attempts[0].exitCode")).isEqualTo(101);
  }

  @Test
  void tellsWhyADriverWaits() {
    String jobId = Jobs.newId();
    Pod driver = kubelet.createDriver(jobId);

    kubelet.waits(driver, "ImagePullBackOff", "Back-off pulling image");

    await()
        .untilAsserted(
            () ->
                assertThat(Jobs.get(jobId).getString("waiting.reason"))
                    .isEqualTo("ImagePullBackOff"));
  }

  @Test
  void tellsThatTheNodeOfADriverDoesNotTakeItUp() {
    String jobId = Jobs.newId();

    kubelet.createDriver(jobId);

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> assertThat(Jobs.get(jobId).getString("waiting.reason")).isEqualTo("NotStarted"));
    assertThat(Jobs.get(jobId).getString("waiting.message")).contains("fake-node");
  }

  @Test
  void tellsThatAJobIsCancelledWhenItsPodIsDeletedOnRequest() {
    String jobId = Jobs.newId();
    Pod driver = kubelet.createDriver(jobId);
    kubelet.runs(driver);
    Jobs.awaitState(jobId, "RUNNING");

    kubelet.annotateCancelled(driver, "asked by ann");
    kubelet.vanishes(driver);

    Jobs.awaitState(jobId, "CANCELLED");
    assertThat(Jobs.get(jobId).getString("failure")).isNull();
  }

  @Test
  void tellsThatAJobIsLostWhenSomeoneElseDeletesItsPod() {
    String jobId = Jobs.newId();
    Pod driver = kubelet.createDriver(jobId);
    kubelet.runs(driver);
    Jobs.awaitState(jobId, "RUNNING");

    kubelet.vanishes(driver);

    Jobs.awaitState(jobId, "LOST");
    assertThat(Jobs.get(jobId).getString("failure.reason")).isEqualTo("DeletedBySomeoneElse");
  }

  @Test
  void staysSucceededWhenTheEndedPodIsDeleted() {
    String jobId = Jobs.newId();
    Pod driver = kubelet.createDriver(jobId);
    kubelet.succeeds(driver);
    Jobs.awaitState(jobId, "SUCCEEDED");
    int before = Jobs.eventTypes(jobId).size();

    kubelet.vanishes(driver);

    await()
        .during(LONGER_THAN_ANY_GRACE)
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(Jobs.eventTypes(jobId)).hasSize(before));
  }
}
