package io.flintwheel.submitter.spark;

import io.flintwheel.events.job.Problem;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says which key Spark stumbled over, without a word of Spark's, which quotes values. */
final class SparkRefusal {

  /** With more keys than this, none is looked for by leaving it out. */
  private static final int MOST_TRIES = 200;

  private static final String ANYTHING = "a value as Spark's documentation of this key says";

  /** Parts of Spark's messages, and what to tell instead. */
  private static final Map<String, String> EXPECTED =
      Map.of(
          "a/an 'int' value", "a whole number",
          "a/an 'long' value", "a whole number",
          "a/an 'double' value", "a number",
          "a/an 'boolean' value", "true or false",
          "Time must be specified", "a duration such as 10s",
          "Size must be specified", "a size such as 512m");

  private SparkRefusal() {}

  /**
   * The refusal to tell.
   *
   * @param keys of the configuration that the job gave
   * @param buildsWithout whether Spark builds the driver when a key is left out
   */
  static UnbuildableJobException of(
      Throwable failure, Set<String> keys, Predicate<String> buildsWithout) {
    String words = words(failure);
    Optional<String> key =
        keys.stream()
            .filter(words::contains)
            .max(Comparator.comparingInt(String::length))
            .or(
                () ->
                    keys.size() > MOST_TRIES
                        ? Optional.empty()
                        : keys.stream().filter(buildsWithout).findFirst());
    String kind = " (" + failure.getClass().getSimpleName() + ")";
    Problem problem =
        key.map(
                found ->
                    new Problem(
                        "spec.sparkConf[" + found + "]",
                        "Spark refuses what this key is set to" + kind,
                        expected(words)))
            .orElseGet(
                () ->
                    new Problem(
                        "spec",
                        "Spark refuses this configuration" + kind,
                        "a configuration that Spark can build a driver of"));
    return new UnbuildableJobException(problem, failure.getStackTrace());
  }

  private static String expected(String words) {
    return EXPECTED.entrySet().stream()
        .filter(entry -> words.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(ANYTHING);
  }

  private static String words(@Nullable Throwable failure) {
    StringBuilder words = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      words.append(each.getMessage()).append('\n');
    }
    return words.toString();
  }
}
