package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How much may run at once. The scheduler is told of far more room than there is: if it alone held
 * pods back, many drivers submitted together would take all of it and wait for their executors for
 * ever. So pods come to the node at once and wait here, where a driver never takes the last room.
 */
final class NodeRoom {

  private final int drivers;
  private final BigDecimal cpus;
  private final BigDecimal memory;
  private final Map<String, Share> taken = new HashMap<>();
  // In the order in which they came.
  private final Map<String, Runnable> waiting = new LinkedHashMap<>();

  /**
   * @param drivers how many Spark drivers run at once; fewer than {@code cpus}, for their executors
   * @param memory in bytes
   */
  NodeRoom(int drivers, int cpus, long memory) {
    this.drivers = drivers;
    this.cpus = BigDecimal.valueOf(cpus);
    this.memory = BigDecimal.valueOf(memory);
  }

  /**
   * Takes room for the pod, or has it called when room has become free.
   *
   * @param wake called from another thread; the pod is then to ask again
   */
  synchronized void enter(Pod pod, Runnable wake) throws CannotStart {
    String uid = pod.getMetadata().getUid();
    if (taken.containsKey(uid)) {
      return;
    }
    Share share = Share.of(pod);
    if (!fits(share)) {
      waiting.put(uid, wake);
      throw CannotStart.noRoom(
          "waits for other pods to end: this node runs at most "
              + drivers
              + " drivers at once, and what fits into "
              + cpus
              + " CPUs and its memory");
    }
    waiting.remove(uid);
    taken.put(uid, share);
  }

  /** Counts a pod that runs already. */
  synchronized void adopt(Pod pod) {
    taken.put(pod.getMetadata().getUid(), Share.of(pod));
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

  private boolean fits(Share share) {
    if (share.driver() && taken.values().stream().filter(Share::driver).count() >= drivers) {
      return false;
    }
    Share sum = taken.values().stream().reduce(share, Share::plus);
    // What is larger than the whole node runs alone.
    return taken.isEmpty()
        || share.isNothing()
        || (sum.cpus().compareTo(cpus) <= 0 && sum.memory().compareTo(memory) <= 0);
  }

  /** What a pod requests. */
  private record Share(boolean driver, BigDecimal cpus, BigDecimal memory) {

    static Share of(Pod pod) {
      BigDecimal cpus = BigDecimal.ZERO;
      BigDecimal memory = BigDecimal.ZERO;
      boolean driver = false;
      for (var container : pod.getSpec().getContainers()) {
        driver |= SparkCommand.isDriver(container.getArgs());
        var resources = container.getResources();
        if (resources != null && resources.getRequests() != null) {
          cpus = cpus.add(amount(resources.getRequests(), "cpu"));
          memory = memory.add(amount(resources.getRequests(), "memory"));
        }
      }
      return new Share(driver, cpus, memory);
    }

    Share plus(Share other) {
      return new Share(driver, cpus.add(other.cpus), memory.add(other.memory));
    }

    boolean isNothing() {
      return cpus.signum() == 0 && memory.signum() == 0;
    }

    private static BigDecimal amount(Map<String, Quantity> requests, String resource) {
      Quantity quantity = requests.get(resource);
      return quantity == null
          ? BigDecimal.ZERO
          : Objects.requireNonNull(Quantity.getAmountInBytes(quantity));
    }
  }
}
