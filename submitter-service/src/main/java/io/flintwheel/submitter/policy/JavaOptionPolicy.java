package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.spark.DriverIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds Spark's settings inside options of the driver's JVM to the rules of its configuration: the
 * driver takes every system property {@code spark.*} for a setting.
 */
public final class JavaOptionPolicy {

  private static final Set<String> KEYS =
      Set.of("spark.driver.extraJavaOptions", "spark.driver.defaultJavaOptions");

  /** From which the JVM or Spark's own launcher takes options. */
  private static final Set<String> VARIABLES =
      Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "SPARK_SUBMIT_OPTS");

  private static final String DRIVER_ENV = "spark.kubernetes.driverEnv.";

  /** They only keep blanks together, and may stand anywhere in a word. */
  private static final Pattern QUOTING = Pattern.compile("[\"'\\\\]");

  private static final Pattern SETTING =
      Pattern.compile("-D(?<key>spark\\.[^=\\s]*)(?:=(?<value>\\S*))?");

  private JavaOptionPolicy() {}

  /** What is wrong with the options in a job's own configuration. */
  public static List<Problem> check(Map<String, String> conf, DriverIdentity identity) {
    List<Problem> problems = new ArrayList<>();
    new TreeMap<>(conf)
        .forEach(
            (key, value) -> {
              if (KEYS.contains(key)
                  || (key.startsWith(DRIVER_ENV)
                      && VARIABLES.contains(key.substring(DRIVER_ENV.length())))) {
                problems.addAll(options(ConfPolicy.field(key), value, identity));
              }
            });
    return problems;
  }

  /** What is wrong with the options that a variable of the driver holds, if it holds any. */
  public static List<Problem> checkVariable(
      String field, String name, String value, DriverIdentity identity) {
    return VARIABLES.contains(name) ? options(field, value, identity) : List.of();
  }

  private static List<Problem> options(String field, String text, DriverIdentity identity) {
    Matcher setting = SETTING.matcher(QUOTING.matcher(text).replaceAll(""));
    List<Problem> problems = new ArrayList<>();
    while (setting.find()) {
      String value = setting.group("value") == null ? "" : setting.group("value");
      ConfPolicy.check(Map.of(setting.group("key"), value), identity).stream()
          .map(problem -> new Problem(field, problem.message(), "in -D: " + problem.expected()))
          .forEach(problems::add);
    }
    return problems.stream().distinct().toList();
  }
}
