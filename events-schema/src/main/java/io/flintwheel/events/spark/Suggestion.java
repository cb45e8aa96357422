package io.flintwheel.events.spark;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which field a misspelt one was meant to be. */
final class Suggestion {

  private static final int MOST_EDITS = 2;
  private static final int LONGEST = 64;

  private Suggestion() {}

  static Optional<String> nearest(String given, Collection<String> known) {
    if (given.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> edits(lower, name.toLowerCase(Locale.ROOT)) <= allowed(name))
        .min(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))));
  }

  private static int allowed(String name) {
    return name.length() < 6 ? 1 : MOST_EDITS;
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
