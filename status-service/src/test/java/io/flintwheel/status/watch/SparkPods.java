package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.flintwheel.events.job.JobLabels;
import java.util.Map;

/** Pods of one job, as short as they can be. */
final class SparkPods {

  private SparkPods() {}

  static Pod driver(String version, String phase) {
    return pod("d", "pi-driver", version, phase, Map.of(JobLabels.SPARK_ROLE, "driver"));
  }

  static Pod waiting(String version, String reason) {
    return waiting(version, reason, "in words");
  }

  static Pod waiting(String version, String reason, String message) {
    return new PodBuilder(driver(version, "Pending"))
        .editStatus()
        .addNewContainerStatus()
        .withName("spark")
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  /** Assigned to a node that says nothing of it. */
  static Pod assigned(Pod pod, String time) {
    return new PodBuilder(pod)
        .editSpec()
        .withNodeName("node-1")
        .endSpec()
        .editStatus()
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("True")
        .withLastTransitionTime(time)
        .endCondition()
        .endStatus()
        .build();
  }

  static Pod executor(String phase) {
    return pod(
        "e",
        "pi-exec-1",
        "1",
        phase,
        Map.of(JobLabels.SPARK_ROLE, "executor", JobLabels.SPARK_EXECUTOR_ID, "1"));
  }

  private static Pod pod(
      String uid, String name, String version, String phase, Map<String, String> labels) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .withUid(uid)
            .withResourceVersion(version)
            .addToLabels(JobLabels.JOB_ID, "pi")
            .addToLabels(labels)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("spark")
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase(phase)
            .endStatus();
    return switch (phase) {
      case "Running" ->
          pod.editStatus()
              .addNewContainerStatus()
              .withName("spark")
              .withNewState()
              .withNewRunning()
              .withStartedAt("2026-01-01T11:59:00Z")
              .endRunning()
              .endState()
              .endContainerStatus()
              .endStatus()
              .build();
      case "Succeeded" ->
          pod.editStatus()
              .addNewContainerStatus()
              .withName("spark")
              .withNewState()
              .withNewTerminated()
              .withExitCode(0)
              .withStartedAt("2026-01-01T11:59:00Z")
              .withFinishedAt("2026-01-01T11:59:30Z")
              .endTerminated()
              .endState()
              .endContainerStatus()
              .endStatus()
              .build();
      default -> pod.build();
    };
  }
}
