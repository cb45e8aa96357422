package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the API server shows of one pod equal to what its containers do. */
final class PodPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(PodPublisher.class);
  private static final Set<String> ENDS = Set.of("Succeeded", "Failed");

  private final PodContext context;
  private @Nullable PodStatusReport report;
  private @Nullable PodStatus published;
  private @Nullable PodRejected rejection;

  PodPublisher(PodContext context) {
    this.context = context;
  }

  /** Whether the API server shows the pod as ended: that is never taken back. */
  static boolean isOver(@Nullable PodStatus status) {
    return status != null && ENDS.contains(String.valueOf(status.getPhase()));
  }

  /** The node does not take the pod: that is all there is to publish of it. */
  void reject(PodRejected why) {
    rejection = why;
  }

  /** Publishes the status if it differs from the last one; to be tried again if it throws. */
  void publish(Pod pod, PodAddress address, Map<String, ContainerState> states) {
    if (isOver(published) || isOver(pod.getStatus())) {
      return;
    }
    Instant now = context.clock().instant();
    if (report == null) {
      report = new PodStatusReport(context.settings().hostIp(), startTime(pod, now));
      report.resume(pod.getStatus());
    }
    PodStatus status =
        rejection == null
            ? report.of(pod, address.value(), states, now)
            : PodStatusReport.rejected(rejection, startTime(pod, now));
    if (!status.equals(published)) {
      if (!context.api().patchStatus(pod, status)) {
        LOG.debug("Status of a pod that is gone uid={}", pod.getMetadata().getUid());
      }
      published = status;
    }
  }

  private static Instant startTime(Pod pod, Instant now) {
    String shown = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
    return shown == null ? now : Instant.parse(shown);
  }
}
