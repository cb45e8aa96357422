package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A node that a pod is assigned to and that has not taken it up. A kubelet does that at once, be it
 * only to say what it waits for; of one that is lost nobody says anything for minutes.
 *
 * @param since when the pod was assigned to it
 */
record SilentNode(String name, Instant since) {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  static Optional<SilentNode> of(PodReading pod) {
    String node = pod.ref().node();
    return node == null || !pod.phase().equals("Pending") || isTakenUp(pod)
        ? Optional.empty()
        : Optional.of(new SilentNode(node, pod.assignedAt()));
  }

  /** From when on its silence is worth telling. */
  Instant noticedAt() {
    return since.plus(PATIENCE);
  }

  /** When a pod was taken up whose node had been silent for that long. */
  static Optional<Instant> takenUpLate(PodReading pod) {
    return pod.takenUpAt().filter(time -> time.isAfter(pod.assignedAt().plus(PATIENCE)));
  }

  private static boolean isTakenUp(PodReading pod) {
    PodStatus status = pod.pod().getStatus();
    return pod.takenUpAt().isPresent()
        || (status != null
            && !(status.getContainerStatuses().isEmpty()
                && status.getInitContainerStatuses().isEmpty()));
  }
}
