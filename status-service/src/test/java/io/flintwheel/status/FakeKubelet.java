package io.flintwheel.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.flintwheel.events.job.JobLabels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes pods as the submitter and Spark make them, and says of them what a kubelet would. */
final class FakeKubelet {

  static final String NAMESPACE = "default";

  /** No kubelet serves it, so nobody else touches its pods. */
  static final String NODE = "fake-node";

  /** Not the usual one. */
  static final int UI_PORT = 4141;

  private static final String DRIVER = "spark-kubernetes-driver";
  private static final String EXECUTOR = "spark-kubernetes-executor";

  private final KubernetesClient client;

  FakeKubelet(KubernetesClient client) {
    this.client = client;
  }

  Pod createDriver(String jobId) {
    return create(driver(jobId).editSpec().withNodeName(NODE).endSpec().build());
  }

  /** A driver that a real node runs: a shell with this script. */
  Pod createShellDriver(String jobId, String script) {
    return create(
        driver(jobId)
            .editSpec()
            .editFirstContainer()
            .withCommand("/bin/sh", "-c", script)
            .withTerminationMessagePolicy("FallbackToLogsOnError")
            .endContainer()
            .endSpec()
            .build());
  }

  private static PodBuilder driver(String jobId) {
    return pod(jobId, jobId + "-driver", DRIVER, Map.of(JobLabels.SPARK_ROLE, "driver"))
        .editSpec()
        .editFirstContainer()
        .addNewPort()
        .withName("spark-ui")
        .withContainerPort(UI_PORT)
        .endPort()
        .endContainer()
        .endSpec();
  }

  Pod createExecutor(String jobId, String id) {
    return create(
        pod(
                jobId,
                jobId + "-exec-" + id,
                EXECUTOR,
                Map.of(JobLabels.SPARK_ROLE, "executor", JobLabels.SPARK_EXECUTOR_ID, id))
            .editSpec()
            .withNodeName(NODE)
            .endSpec()
            .build());
  }

  private Pod create(Pod pod) {
    return client.resource(pod).create();
  }

  private static PodBuilder pod(
      String jobId, String name, String container, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels(JobLabels.JOB_ID, jobId)
        .addToLabels(JobLabels.ATTEMPT, "1")
        .addToLabels(JobLabels.MANAGED_BY, JobLabels.MANAGED_BY_VALUE)
        .addToLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName(container)
        .withImage("spark")
        .endContainer()
        .endSpec();
  }

  void waits(Pod pod, String reason, String message) {
    report(
        pod,
        "Pending",
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build());
  }

  void runs(Pod pod) {
    report(
        pod,
        "Running",
        new ContainerStateBuilder()
            .withNewRunning()
            .withStartedAt(startOf(pod))
            .endRunning()
            .build());
  }

  void succeeds(Pod pod) {
    ends(pod, 0, "Completed", "");
  }

  void ends(Pod pod, int exitCode, String reason, String message) {
    report(
        pod,
        exitCode == 0 ? "Succeeded" : "Failed",
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason(reason)
            .withMessage(message)
            .withStartedAt(startOf(pod))
            .withFinishedAt(now())
            .endTerminated()
            .build());
  }

  /** What a cancellation does before it deletes the pod. */
  void annotateCancelled(Pod pod, String reason) {
    pod(pod)
        .edit(
            current ->
                new PodBuilder(current)
                    .editMetadata()
                    .addToAnnotations(JobLabels.CANCEL_REQUESTED, reason)
                    .endMetadata()
                    .build());
  }

  /** As {@code kubectl delete} does; a node stops the pod first. */
  void deletes(Pod pod) {
    pod(pod).delete();
  }

  void vanishes(Pod pod) {
    pod(pod).withGracePeriod(0).delete();
  }

  private void report(Pod pod, String phase, ContainerState state) {
    pod(pod)
        .editStatus(
            current ->
                new PodBuilder(current)
                    .editOrNewStatus()
                    .withPhase(phase)
                    .withPodIP("127.0.0.9")
                    .withContainerStatuses(
                        new ContainerStatusBuilder()
                            .withName(current.getSpec().getContainers().get(0).getName())
                            .withImage("spark")
                            .withImageID("")
                            .withReady(state.getRunning() != null)
                            .withRestartCount(0)
                            .withState(state)
                            .build())
                    .endStatus()
                    .build());
  }

  private PodResource pod(Pod pod) {
    return client.pods().inNamespace(NAMESPACE).withName(pod.getMetadata().getName());
  }

  /** The same in every report, as the start of a container is. */
  private static String startOf(Pod pod) {
    return pod.getMetadata().getCreationTimestamp();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
