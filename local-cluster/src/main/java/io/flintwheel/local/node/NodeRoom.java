package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much may run at once. The scheduler is told of far more room than there is: if it alone held
 * pods back, many drivers submitted together would take all of it and wait for their executors for
 * ever. So pods come to the node at once and wait here, where a driver's first executor always
 * finds room. What is larger than the whole node is rejected, as a kubelet does.
 */
final class NodeRoom {

  private final int drivers;
  private final PodRequest whole;
  private final Map<String, PodRequest> taken = new HashMap<>();
  // In the order in which they came.
  private final Map<String, Runnable> waiting = new LinkedHashMap<>();

  /**
   * @param drivers how many Spark drivers run at once; fewer than {@code cpus}, for their executors
   * @param memory in bytes
   */
  NodeRoom(int drivers, int cpus, long memory) {
    this.drivers = drivers;
    this.whole =
        new PodRequest(PodRequest.Role.OTHER, BigDecimal.valueOf(cpus), BigDecimal.valueOf(memory));
  }

  /**
   * Takes room for the pod, or has it called when room has become free.
   *
   * @param wake called from another thread; the pod is then to ask again
   * @throws CannotStart when other pods have to end first
   * @throws PodRejected when the pod is larger than the node
   */
  synchronized void enter(Pod pod, Runnable wake) throws CannotStart, PodRejected {
    String uid = pod.getMetadata().getUid();
    if (taken.containsKey(uid)) {
      return;
    }
    PodRequest wanted = PodRequest.of(pod);
    if (!wanted.fitsInto(whole)) {
      throw PodRejected.outOf(wanted, sum(), whole);
    }
    Optional<String> obstacle = obstacle(wanted);
    if (obstacle.isPresent()) {
      waiting.put(uid, wake);
      throw CannotStart.noRoom(obstacle.get());
    }
    waiting.remove(uid);
    taken.put(uid, wanted);
  }

  /** Counts a pod that runs already. */
  synchronized void adopt(Pod pod) {
    taken.put(pod.getMetadata().getUid(), PodRequest.of(pod));
  }

  /** The pod needs no room any more. */
  void leave(Pod pod) {
    synchronized (this) {
      waiting.remove(pod.getMetadata().getUid());
    }
    stepBack(pod);
  }

  /** The pod gives its room back and may ask again; whether it had any does not matter. */
  void stepBack(Pod pod) {
    Map<String, Runnable> others;
    synchronized (this) {
      String uid = pod.getMetadata().getUid();
      if (taken.remove(uid) == null) {
        return;
      }
      others = new LinkedHashMap<>(waiting);
    }
    others.values().forEach(Runnable::run);
  }

  private Optional<String> obstacle(PodRequest wanted) {
    if (wanted.role() == PodRequest.Role.DRIVER && count(PodRequest.Role.DRIVER) >= drivers) {
      return Optional.of(
          "waits for a driver to end: this node runs at most " + drivers + " drivers at once");
    }
    if (wanted.isNothing() || sum().plus(wanted).fitsInto(whole) || everyoneWaitsFor(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        "waits for other pods to end: it requests "
            + wanted.words()
            + ", and the pods that run at once on this node request at most "
            + whole.words());
  }

  /** Drivers alone never end, so that their first executor is let in beside them. */
  private boolean everyoneWaitsFor(PodRequest wanted) {
    return wanted.role() == PodRequest.Role.EXECUTOR
        && count(PodRequest.Role.DRIVER) == taken.size();
  }

  private long count(PodRequest.Role role) {
    return taken.values().stream().filter(pod -> pod.role() == role).count();
  }

  private PodRequest sum() {
    return taken.values().stream().reduce(PodRequest.NOTHING, PodRequest::plus);
  }
}
