package io.flintwheel.submitter.review;

import io.fabric8.kubernetes.api.model.Quantity;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.SparkApplicationSpec;
import io.flintwheel.events.spark.Syntax;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
          memory ->
              Heap.of(memory)
                  .filter(Heap::isAtLeastOneMebibyte)
                  .filter(Heap::isAtMostTheLargest)
                  .isPresent(),
          "is no memory of 1m to " + Heap.LARGEST_SAYS,
          Syntax.MEMORY_SAYS + ", at least 1m and at most " + Heap.LARGEST_SAYS);

  /** What Spark adds to the heap; it tells well itself what it cannot read. */
  private static final Rule BESIDE_THE_HEAP =
      new Rule(
          memory -> Heap.of(memory).map(Heap::isAtMostTheLargest).orElse(true),
          "is no memory of at most " + Heap.LARGEST_SAYS,
          Syntax.MEMORY_SAYS + ", at most " + Heap.LARGEST_SAYS);

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
    rules.put("spark.driver.memoryOverhead", BESIDE_THE_HEAP);
    rules.put("spark.executor.memoryOverhead", BESIDE_THE_HEAP);
    rules.put("spark.executor.pyspark.memory", BESIDE_THE_HEAP);
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
    Map<String, String> conf = spec.sparkConf();
    limit("driver", spec.driverCores().map(String::valueOf), conf).ifPresent(problems::add);
    limit("executor", spec.executorCores().map(String::valueOf), conf).ifPresent(problems::add);
    return problems;
  }

  private static void heap(String field, @Nullable String memory, List<Problem> problems) {
    if (memory != null && !HEAP.allows().test(memory)) {
      problems.add(new Problem(field, HEAP.message(), HEAP.expected()));
    }
  }

  /** The API server takes no limit below the request, which is the number of cores by default. */
  private static Optional<Problem> limit(
      String role, Optional<String> cores, Map<String, String> conf) {
    String key = "spark.kubernetes." + role + ".limit.cores";
    String ofCores = cores.orElse(conf.getOrDefault("spark." + role + ".cores", "1"));
    String requested = conf.getOrDefault("spark.kubernetes." + role + ".request.cores", ofCores);
    return cpu(conf.get(key))
        .filter(limit -> cpu(requested).filter(request -> limit.compareTo(request) < 0).isPresent())
        .map(
            tooLittle ->
                new Problem(
                    "spec.sparkConf[" + key + "]",
                    "is less than the CPU that the " + role + " requests",
                    "at least spark.kubernetes."
                        + role
                        + ".request.cores, or else the number of its cores"));
  }

  private static Optional<BigDecimal> cpu(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(CPU.asMatchPredicate())
        .map(amount -> new Quantity(amount).getNumericalAmount());
  }
}
