package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

/**
 * What a pod requests of its node.
 *
 * @param role what Spark's entrypoint makes of it
 * @param cpus in processors
 * @param memory in bytes
 */
record PodRequest(Role role, BigDecimal cpus, BigDecimal memory) {

  private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024L * 1024);

  enum Role {
    DRIVER,
    EXECUTOR,
    OTHER
  }

  static final PodRequest NOTHING = new PodRequest(Role.OTHER, BigDecimal.ZERO, BigDecimal.ZERO);

  static PodRequest of(Pod pod) {
    PodRequest sum = NOTHING;
    Role role = Role.OTHER;
    for (Container container : pod.getSpec().getContainers()) {
      if (SparkCommand.isSpark(container.getArgs())) {
        role = SparkCommand.isDriver(container.getArgs()) ? Role.DRIVER : Role.EXECUTOR;
      }
      var resources = container.getResources();
      if (resources != null && resources.getRequests() != null) {
        sum =
            sum.plus(
                new PodRequest(
                    Role.OTHER,
                    amount(resources.getRequests(), "cpu"),
                    amount(resources.getRequests(), "memory")));
      }
    }
    return new PodRequest(role, sum.cpus, sum.memory);
  }

  PodRequest plus(PodRequest other) {
    return new PodRequest(role, cpus.add(other.cpus), memory.add(other.memory));
  }

  boolean isNothing() {
    return cpus.signum() == 0 && memory.signum() == 0;
  }

  boolean fitsInto(PodRequest whole) {
    return cpus.compareTo(whole.cpus) <= 0 && memory.compareTo(whole.memory) <= 0;
  }

  /** Such as {@code cpu 1 and memory 1408Mi}. */
  String words() {
    return "cpu "
        + cpus.stripTrailingZeros().toPlainString()
        + " and memory "
        + memory.divideToIntegralValue(MEBIBYTE).toPlainString()
        + "Mi";
  }

  private static BigDecimal amount(Map<String, Quantity> requests, String resource) {
    Quantity quantity = requests.get(resource);
    return quantity == null
        ? BigDecimal.ZERO
        : Objects.requireNonNull(Quantity.getAmountInBytes(quantity));
  }
}
