package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.PodRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads driver pods. */
final class DriverPods {

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private DriverPods() {}

  /** Its container is done, or it was taken back, so that it must not begin. */
  static boolean hasEnded(Pod pod) {
    return isDone(pod) || isWithdrawn(pod);
  }

  /** In a phase that a pod never leaves. */
  static boolean isDone(Pod pod) {
    return pod.getStatus() != null && ENDED.contains(pod.getStatus().getPhase());
  }

  /** Scheduled or not, its container has not started. */
  static boolean isWaiting(Pod pod) {
    return pod.getStatus() == null
        || pod.getStatus().getPhase() == null
        || "Pending".equals(pod.getStatus().getPhase());
  }

  static boolean isBeingDeleted(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Its attempt could not be submitted ({@link Withdrawal}). */
  static boolean isWithdrawn(Pod pod) {
    return annotation(pod, JobLabels.WITHDRAWN) != null;
  }

  static @Nullable String label(Pod pod, String label) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null ? null : labels.get(label);
  }

  static @Nullable String annotation(Pod pod, String annotation) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(annotation);
  }

  /** Empty when the label is none of ours. */
  static Optional<JobId> jobId(Pod pod) {
    try {
      return Optional.ofNullable(label(pod, JobLabels.JOB_ID)).map(JobId::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static int attempt(Pod pod) {
    String attempt = label(pod, JobLabels.ATTEMPT);
    return attempt != null && attempt.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(attempt) : 1;
  }

  static Submission.Submitted submitted(Pod pod, boolean madeNow) {
    return new Submission.Submitted(
        reference(pod), Instant.parse(pod.getMetadata().getCreationTimestamp()), madeNow);
  }

  private static PodRef reference(Pod pod) {
    return PodRef.of(pod.getMetadata().getName(), pod.getMetadata().getUid());
  }

  /** Without blocking the owner's deletion, which would need more rights. */
  static OwnerReference owner(Pod pod) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Pod")
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
