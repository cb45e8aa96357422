package io.flintwheel.submitter.review;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.flintwheel.events.job.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unit in which a variable tells a resource; the API server takes few of them. */
final class Divisor {

  private static final Pattern QUANTITY =
      Pattern.compile("[+-]?(\\d{1,18}\\.?\\d{0,18}|\\.\\d{1,18})([numkMGTPE]i?)?");
  private static final List<String> OF_CPU = List.of("1m", "1");
  private static final List<String> OF_BYTES =
      List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

  private Divisor() {}

  static Optional<Problem> problem(ResourceFieldSelector reference, String field) {
    List<String> allowed = reference.getResource().endsWith(".cpu") ? OF_CPU : OF_BYTES;
    return reference.getDivisor() == null || isOneOf(allowed, reference.getDivisor().toString())
        ? Optional.empty()
        : Optional.of(
            new Problem(
                field, "is no divisor of this resource", "one of " + String.join(", ", allowed)));
  }

  /** The API server compares what it would write: of {@code 1000m} that is {@code 1}. */
  private static boolean isOneOf(List<String> allowed, String divisor) {
    Matcher given = QUANTITY.matcher(divisor);
    if (!given.matches()) {
      return false;
    }
    BigDecimal amount = amount(divisor);
    // Nothing is as if it were not given.
    return amount.signum() == 0
        || allowed.stream()
            .filter(unit -> unit.equals("1") || isBinary(unit) == isBinary(divisor))
            .anyMatch(unit -> amount(unit).compareTo(amount) == 0);
  }

  private static BigDecimal amount(String quantity) {
    return new Quantity(quantity).getNumericalAmount();
  }

  private static boolean isBinary(String quantity) {
    return quantity.endsWith("i");
  }
}
