package io.flintwheel.events.job;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, or worth a warning.
 *
 * @param field where, as a path such as {@code spec.driver.cores}; empty for the whole
 * @param message what is wrong, with the offending value where it is no secret
 * @param expected what would be right
 */
public record Problem(String field, String message, @Nullable String expected) {

  /** More problems of one request are told as one. */
  public static final int MOST = 100;

  private static final int LONGEST_FIELD = 256;
  private static final int LONGEST_TEXT = 1024;

  /**
   * What can be told of a list: problems travel in events, and what is told of a small request must
   * not be a large one.
   *
   * @param whole the field under which those are counted that are left out
   */
  public static List<Problem> bounded(List<Problem> problems, String whole) {
    List<Problem> told = new ArrayList<>();
    int kept = problems.size() <= MOST ? problems.size() : MOST - 1;
    problems.subList(0, kept).forEach(problem -> told.add(problem.shortened()));
    if (kept < problems.size()) {
      told.add(new Problem(whole, "and " + (problems.size() - kept) + " more", null));
    }
    return List.copyOf(told);
  }

  /** Where and what is wrong, such as {@code spec.image: is missing}. */
  public String inWords() {
    return field.isEmpty() ? message : field + ": " + message;
  }

  private Problem shortened() {
    return new Problem(
        cut(field, LONGEST_FIELD),
        cut(message, LONGEST_TEXT),
        expected == null ? null : cut(expected, LONGEST_TEXT));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }
}
