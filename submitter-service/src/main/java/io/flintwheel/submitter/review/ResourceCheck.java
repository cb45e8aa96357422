package io.flintwheel.submitter.review;

import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.SparkApplicationSpec;
import io.flintwheel.events.spark.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sizes with which no driver, or no executor of it, could start. Spark's builder takes most of
 * them, and a driver that dies of one tells it late and badly. Values of {@code sparkConf} are not
 * quoted.
 */
final class ResourceCheck {

  private static final Pattern CPU =
      Pattern.compile("(?=.*[1-9].*)[0-9]{1,9}(\\.[0-9]{0,3})?|(?=.*[1-9].*)[0-9]{1,9}m");
  private static final Pattern POSITIVE = Pattern.compile("0*[1-9][0-9]{0,8}");
  private static final Pattern NOT_NEGATIVE = Pattern.compile("[0-9]{1,9}");

  /** What a key of Spark's configuration must look like. */
  private record Rule(Predicate<String> allows, String message, String expected) {}

  private static final Rule HEAP =
      new Rule(
          memory -> Heap.of(memory).filter(Heap::isAtLeastOneMebibyte).isPresent(),
          "is no memory of at least 1m",
          Syntax.MEMORY_SAYS + ", at least 1m");

  private static final Rule CORES =
      new Rule(
          POSITIVE.asMatchPredicate(), "is no number of cores", "a whole number of at least 1");

  private static final Rule CPUS =
      new Rule(
          CPU.asMatchPredicate(),
          "is no amount of CPU above nothing",
          "a Kubernetes quantity of CPU, such as 500m or 1.5");

  private static final Rule INSTANCES =
      new Rule(
          NOT_NEGATIVE.asMatchPredicate(),
          "is no number of executors",
          "a whole number of at least 0");

  /** Spark's own {@code SparkConf.validateSettings}, which quotes what it refuses. */
  private static final Rule EXECUTOR_JAVA =
      new Rule(
          options -> !options.contains("-Xmx") && !options.contains("-Dspark"),
          "holds -Xmx or -Dspark, with which no driver starts",
          "the heap in spark.executor.memory, Spark's settings in sparkConf");

  private static final Map<String, Rule> RULES = rules();

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules =
        new TreeMap<>(
            Map.of(
                "spark.driver.memory", HEAP,
                "spark.executor.memory", HEAP,
                "spark.driver.cores", CORES,
                "spark.executor.cores", CORES,
                "spark.executor.instances", INSTANCES,
                "spark.kubernetes.driver.request.cores", CPUS,
                "spark.kubernetes.driver.limit.cores", CPUS,
                "spark.kubernetes.executor.request.cores", CPUS,
                "spark.kubernetes.executor.limit.cores", CPUS));
    rules.put("spark.executor.extraJavaOptions", EXECUTOR_JAVA);
    rules.put("spark.executor.defaultJavaOptions", EXECUTOR_JAVA);
    return rules;
  }

  private ResourceCheck() {}

  static List<Problem> check(SparkApplicationSpec spec) {
    List<Problem> problems = new ArrayList<>();
    heap("spec.driver.memory", spec.driver().pod().memory(), problems);
    heap("spec.executor.memory", spec.executor().pod().memory(), problems);
    RULES.forEach(
        (key, rule) -> {
          String value = spec.sparkConf().get(key);
          if (value != null && !rule.allows().test(value.strip())) {
            problems.add(
                new Problem("spec.sparkConf[" + key + "]", rule.message(), rule.expected()));
          }
        });
    return problems;
  }

  private static void heap(String field, @Nullable String memory, List<Problem> problems) {
    if (memory != null && !HEAP.allows().test(memory)) {
      problems.add(new Problem(field, HEAP.message(), HEAP.expected()));
    }
  }
}
