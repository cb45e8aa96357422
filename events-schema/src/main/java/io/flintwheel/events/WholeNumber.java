package io.flintwheel.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** How a JSON value fares where a whole number within limits is wanted. */
public enum WholeNumber {
  FITS,
  NO_NUMBER,
  FRACTION,
  TOO_SMALL,
  TOO_LARGE,
  /** Whole and within the limits, but written as {@code 1.0} or {@code 1e1}. */
  NOT_IN_DIGITS;

  /**
   * Judges a value. What an exponent makes large is never written out in digits: a short text such
   * as {@code 1e999999999} would fill the memory.
   *
   * @param min the smallest number that fits
   * @param max the largest number that fits
   */
  public static WholeNumber judge(JsonNode value, long min, long max) {
    double rough = value.doubleValue();
    if (!value.isNumber() || Double.isNaN(rough)) {
      return NO_NUMBER;
    }
    if (Double.isInfinite(rough)) {
      return rough < 0 ? TOO_SMALL : TOO_LARGE;
    }
    BigDecimal number = value.decimalValue();
    if (!value.isIntegralNumber() && number.stripTrailingZeros().scale() > 0) {
      return FRACTION;
    }
    if (number.compareTo(BigDecimal.valueOf(min)) < 0) {
      return TOO_SMALL;
    }
    if (number.compareTo(BigDecimal.valueOf(max)) > 0) {
      return TOO_LARGE;
    }
    return value.isIntegralNumber() ? FITS : NOT_IN_DIGITS;
  }

  /** What is wrong with a value that was judged so. */
  public String message(JsonNode value) {
    if (this == NOT_IN_DIGITS) {
      return "is a whole number, but written with a point or an exponent";
    }
    if (this != TOO_SMALL && this != TOO_LARGE) {
      return "is " + Json.kind(value);
    }
    if (!value.isIntegralNumber() && Double.isInfinite(value.doubleValue())) {
      // Its text is 'Infinity', which nobody wrote.
      return this == TOO_SMALL ? "is too small" : "is too large";
    }
    return "is '" + Json.abbreviate(value.asText()) + "'";
  }
}
