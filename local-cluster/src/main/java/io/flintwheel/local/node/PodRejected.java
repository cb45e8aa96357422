package io.flintwheel.local.node;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The node does not take a pod at all, in a kubelet's words. */
final class PodRejected extends Exception {

  private static final long serialVersionUID = 1L;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private final String reason;

  private PodRejected(String resource, BigDecimal requested, BigDecimal used, BigDecimal capacity) {
    super(
        "Node didn't have enough resource: %s, requested: %s, used: %s, capacity: %s"
            .formatted(resource, whole(requested), whole(used), whole(capacity)));
    this.reason = "OutOf" + resource;
  }

  static PodRejected outOf(PodRequest wanted, PodRequest used, PodRequest capacity) {
    return wanted.cpus().compareTo(capacity.cpus()) > 0
        ? new PodRejected(
            "cpu",
            wanted.cpus().multiply(THOUSAND),
            used.cpus().multiply(THOUSAND),
            capacity.cpus().multiply(THOUSAND))
        : new PodRejected("memory", wanted.memory(), used.memory(), capacity.memory());
  }

  /** Such as {@code OutOfmemory}. */
  String reason() {
    return reason;
  }

  private static String whole(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).toPlainString();
  }
}
