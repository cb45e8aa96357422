package io.flintwheel.local.apiserver.admission;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A resource quantity such as {@code 500m}, {@code 1408Mi} or {@code 2}, as a plain number. */
public final class Amount {

  private static final Pattern FORM =
      Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:[eE]([+-]?\\d+)|([numkKMGTPE]i?|))");

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", binary(1)),
          Map.entry("Mi", binary(2)),
          Map.entry("Gi", binary(3)),
          Map.entry("Ti", binary(4)),
          Map.entry("Pi", binary(5)),
          Map.entry("Ei", binary(6)));

  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");

  /** How far nano is below one, in thousands. */
  private static final int NANO = 3;

  private Amount() {}

  public static boolean valid(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() && (matcher.group(2) != null || UNITS.containsKey(matcher.group(3)));
  }

  /** The amount; zero for what is not a quantity (validation refuses that before it is stored). */
  public static BigDecimal parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!valid(text) || !matcher.matches()) {
      return BigDecimal.ZERO;
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    return matcher.group(2) != null
        ? number.scaleByPowerOfTen(Integer.parseInt(matcher.group(2)))
        : number.multiply(UNITS.get(matcher.group(3)));
  }

  /** The amount as the real server writes it: 1500m for 1.5, 512Mi for 0.5Gi. */
  public static String canonical(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!valid(text) || !matcher.matches()) {
      return text;
    }
    BigDecimal amount = parse(text).setScale(9, RoundingMode.UP).stripTrailingZeros();
    if (amount.signum() == 0) {
      return "0";
    }
    boolean whole = amount.scale() <= 0;
    boolean large = amount.abs().compareTo(binary(1)) >= 0;
    boolean binary = matcher.group(2) == null && matcher.group(3).endsWith("i");
    if (binary && whole && large) {
      BigInteger left = amount.toBigInteger();
      int power = Math.min(left.getLowestSetBit() / 10, BINARY.size() - 1);
      return left.shiftRight(10 * power) + BINARY.get(power);
    }
    int thousands = Math.floorDiv(-amount.scale(), 3);
    boolean exponent = matcher.group(2) != null;
    if (!exponent) {
      thousands = Math.min(thousands, DECIMAL.size() - 1 - NANO);
    }
    String unit = thousands == 0 ? "" : "e" + thousands * 3;
    return amount.scaleByPowerOfTen(-thousands * 3).toBigInteger()
        + (exponent ? unit : DECIMAL.get(thousands + NANO));
  }

  /** To the next thousandth, the least that a container can have. */
  static String inThousandths(String text) {
    BigDecimal amount = parse(text);
    BigDecimal rounded = amount.setScale(3, RoundingMode.UP);
    return rounded.compareTo(amount) == 0 ? text : canonical(rounded.toPlainString());
  }

  private static BigDecimal binary(int power) {
    return BigDecimal.valueOf(1024).pow(power);
  }
}
