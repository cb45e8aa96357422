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

  /**
   * Spark replaces references while it reads a value, in whatever process reads it first: this one.
   * It would tell properties of the submitter, and references to references grow without end.
   */
  private static final String REFERENCE = "${";

  /** Spark puts the name into a regular expression. */
  private static final Pattern VOLUME =
      Pattern.compile("spark\\.kubernetes\\.(?:driver|executor)\\.volumes\\.(.*)", Pattern.DOTALL);

  private static final Pattern VOLUME_KEY =
      Pattern.compile("[A-Za-z]+\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.[-A-Za-z0-9_./]+");

  private static final Pattern LABEL_OR_ANNOTATION =
      Pattern.compile(LabelPolicy.LABELLED + "(?:label|annotation)\\.(.*)", Pattern.DOTALL);

  private static final Pattern NAMES_A_LABEL = Pattern.compile(LabelPolicy.NAMES_A_LABEL);

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
      reserved(field, key, entry.getValue()).ifPresent(problems::add);
      syntax(field, key).ifPresent(problems::add);
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
    return value.contains(REFERENCE)
        ? Optional.of(
            Rule.NO_SUBMITTER_FILES.refuses(
                field,
                "a reference '${...}' would be replaced in the submitter and not in the driver",
                "the value itself"))
        : Optional.empty();
  }

  /** How an entry of the configuration is named in a problem: not longer than anybody reads. */
  public static String field(String key) {
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

  private static Optional<Problem> syntax(String field, String key) {
    if (key.chars().anyMatch(Character::isISOControl)) {
      return Optional.of(new Problem(field, "has a control character", "a key of Spark"));
    }
    var volume = VOLUME.matcher(key);
    return volume.matches() && !VOLUME_KEY.matcher(volume.group(1)).matches()
        ? Optional.of(
            new Problem(
                field,
                "not the key of a volume",
                "<type>.<name>.<property>; the name has lower-case letters, digits and '-'"))
        : Optional.empty();
  }

  private static Optional<Problem> reserved(String field, String key, String value) {
    var matcher = LABEL_OR_ANNOTATION.matcher(key);
    boolean isReserved =
        matcher.matches()
            ? LabelPolicy.isReserved(matcher.group(1))
            // Blanks around a value get lost in the driver's file of properties.
            : NAMES_A_LABEL.matcher(key).matches() && LabelPolicy.isReserved(value.strip());
    return isReserved ? Optional.of(LabelPolicy.reserved(field)) : Optional.empty();
  }
}
