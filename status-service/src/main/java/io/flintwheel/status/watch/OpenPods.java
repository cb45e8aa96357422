package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.status.projection.OpenPod;

/** A pod that is only known from the database, as a reading with nothing but its labels. */
final class OpenPods {

  private OpenPods() {}

  static PodReading reading(OpenPod open) {
    boolean driver = open.executorId() == null;
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(open.pod().name())
            .withUid(open.pod().uid())
            .withNamespace(open.namespace())
            .addToLabels(JobLabels.JOB_ID, open.jobId().value())
            .addToLabels(JobLabels.ATTEMPT, Integer.toString(open.attempt()))
            .addToLabels(JobLabels.SPARK_ROLE, driver ? "driver" : "executor")
            .addToLabels(JobLabels.SPARK_EXECUTOR_ID, driver ? "" : open.executorId())
            .endMetadata()
            .withNewSpec()
            .withNodeName(open.pod().node())
            .endSpec()
            .withNewStatus()
            .withPhase("Unknown")
            .withPodIP(open.pod().ip())
            .endStatus();
    return new PodReading(
        pod.build(),
        open.jobId(),
        open.attempt(),
        driver ? PodReading.Role.DRIVER : PodReading.Role.EXECUTOR);
  }
}
