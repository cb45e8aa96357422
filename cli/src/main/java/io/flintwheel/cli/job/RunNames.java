package io.flintwheel.cli.job;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** Names of new runs: {@code <name>-<suffix>}, always a valid job id. */
final class RunNames {

  /** No vowels, so that no words come out, and no r: {@code -r<digits>} at the end is reserved. */
  private static final String LETTERS = "bcdfghjklmnpqstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int LONGEST_NAME = 45 - 1 - SUFFIX;

  private final RandomGenerator random;

  RunNames(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A name for a run.
   *
   * @param name a manifest's or a file's name
   */
  String newRun(String name) {
    StringBuilder suffix = new StringBuilder();
    while (suffix.length() < SUFFIX) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return base(name) + "-" + suffix;
  }

  private static String base(String name) {
    String base =
        name.toLowerCase(Locale.ROOT)
            .replaceFirst("\\.(json|ya?ml)$", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^[^a-z]+", "");
    String shortened =
        base.substring(0, Math.min(base.length(), LONGEST_NAME)).replaceFirst("-+$", "");
    return shortened.isEmpty() ? "job" : shortened;
  }
}
