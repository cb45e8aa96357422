package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.spark.DriverIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a job may put into Spark's configuration. Values are never quoted: they can be secrets. */
public final class ConfPolicy {

  /** Lists of files that Spark uploads from the submitter when their scheme says so. */
  private static final Set<String> FILE_LISTS =
      Set.of("spark.jars", "spark.files", "spark.archives", "spark.submit.pyFiles");

  /** Spark replaces these while it reads a value, in whatever process reads it first: this one. */
  private static final Pattern SYSTEM_PROPERTY = Pattern.compile("\\$\\{system:");

  private static final Pattern LABEL_OR_ANNOTATION =
      Pattern.compile(
          "spark\\.kubernetes\\.(?:driver\\.service|driver|executor)\\.(?:label|annotation)\\.(.*)");

  private ConfPolicy() {}

  /** All that is wrong with a job's own configuration. */
  public static List<Problem> check(Map<String, String> conf, DriverIdentity identity) {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(conf).entrySet()) {
      String key = entry.getKey();
      String field = field(key);
      forbidden(field, key).ifPresent(problems::add);
      fixed(field, key, entry.getValue(), identity).ifPresent(problems::add);
      interpolation(field, entry.getValue()).ifPresent(problems::add);
      reserved(field, key).ifPresent(problems::add);
      if (FILE_LISTS.contains(key)) {
        FilePolicy.checkList(field, entry.getValue()).ifPresent(problems::add);
      }
    }
    return problems;
  }

  /** What Spark takes from a key that is not its own: nothing. */
  public static List<Problem> warnings(Map<String, String> conf) {
    return new TreeMap<>(conf)
        .keySet().stream()
            .filter(key -> !key.startsWith("spark."))
            .map(key -> new Problem(field(key), "Spark ignores this key", "a key of 'spark.'"))
            .toList();
  }

  /** A value outside {@code sparkConf} that becomes part of Spark's configuration. */
  public static Optional<Problem> interpolation(String field, String value) {
    return SYSTEM_PROPERTY.matcher(value).find()
        ? Optional.of(
            Rule.NO_SUBMITTER_FILES.refuses(
                field,
                "'${system:...}' would be replaced by a property of the submitter",
                "the value itself"))
        : Optional.empty();
  }

  private static String field(String key) {
    return "spec.sparkConf[" + (key.length() <= 120 ? key : key.substring(0, 120) + "...") + "]";
  }

  private static Optional<Problem> forbidden(String field, String key) {
    return ForbiddenKeys.ALL.stream()
        .map(forbidden -> forbidden.check(field, key))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Problem> fixed(
      String field, String key, String value, DriverIdentity identity) {
    String only =
        switch (key) {
          case "spark.kubernetes.namespace" -> identity.namespace();
          case "spark.kubernetes.driver.pod.name" -> identity.podName();
          case "spark.app.id" -> identity.applicationId();
          default -> value;
        };
    Rule rule =
        key.equals("spark.kubernetes.namespace")
            ? Rule.STAY_IN_NAMESPACE
            : Rule.NAMES_FOLLOW_THE_JOB;
    return only.equals(value)
        ? Optional.empty()
        : Optional.of(rule.refuses(field, "this key is decided by the job", "'" + only + "'"));
  }

  private static Optional<Problem> reserved(String field, String key) {
    var matcher = LABEL_OR_ANNOTATION.matcher(key);
    return matcher.matches() && LabelPolicy.isReserved(matcher.group(1))
        ? Optional.of(LabelPolicy.reserved(field))
        : Optional.empty();
  }
}
