package io.flintwheel.submitter.review;

import io.flintwheel.events.job.KubernetesSyntax;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.policy.ConfPolicy;
import io.flintwheel.submitter.policy.LabelPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Keys of Spark's configuration whose last part, or whose value, becomes the name of something in
 * Kubernetes. A bad one would be refused by the API server, or by nobody until the driver makes
 * executors. Values are not quoted.
 */
final class ConfKeyCheck {

  private static final String ROLE = "spark\\.kubernetes\\.(?:driver|executor)\\.";

  /** Spark puts in its own ids, which are right. */
  private static final Pattern OF_SPARK = Pattern.compile("\\{\\{(APP_ID|EXECUTOR_ID)\\}\\}");

  /** A kind of key: its name is the pattern's group. */
  private record Kind(
      Pattern keys,
      Predicate<String> isName,
      String notName,
      String nameRule,
      Predicate<String> isValue,
      String notValue,
      String valueRule) {

    static Kind of(String prefix, Predicate<String> isName, String notName, String nameRule) {
      return new Kind(
          Pattern.compile(prefix + "(.*)", Pattern.DOTALL),
          isName,
          notName,
          nameRule,
          value -> true,
          "",
          "");
    }

    Kind withValue(Predicate<String> is, String not, String rule) {
      return new Kind(keys, isName, notName, nameRule, is, not, rule);
    }

    Optional<Problem> check(String key, String value) {
      var matcher = keys.matcher(key);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String field = ConfPolicy.field(key);
      if (!isName.test(matcher.group(1))) {
        return Optional.of(new Problem(field, notName, nameRule));
      }
      return isValue.test(value)
          ? Optional.empty()
          : Optional.of(new Problem(field, notValue, valueRule));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(LabelPolicy.NAMES_A_LABEL + "(?!.)", key -> true, "", "")
              .withValue(
                  KubernetesSyntax::isLabelKey,
                  "is not the key of a Kubernetes label",
                  KubernetesSyntax.LABEL_KEY_RULE),
          Kind.of(LabelPolicy.NAMES_A_LABEL + "Value(?!.)", key -> true, "", "")
              .withValue(
                  KubernetesSyntax::isLabelValue,
                  "is not the value of a Kubernetes label",
                  KubernetesSyntax.LABEL_VALUE_RULE),
          Kind.of(
                  LabelPolicy.LABELLED + "label\\.",
                  KubernetesSyntax::isLabelKey,
                  "does not end with the key of a Kubernetes label",
                  KubernetesSyntax.LABEL_KEY_RULE)
              .withValue(
                  value ->
                      KubernetesSyntax.isLabelValue(OF_SPARK.matcher(value).replaceAll("spark-1")),
                  "has no value of a Kubernetes label",
                  KubernetesSyntax.LABEL_VALUE_RULE),
          Kind.of(
              LabelPolicy.LABELLED + "annotation\\.",
              key -> KubernetesSyntax.isLabelKey(key.toLowerCase(Locale.ROOT)),
              "does not end with the key of a Kubernetes annotation",
              KubernetesSyntax.LABEL_KEY_RULE),
          Kind.of(
                  "spark\\.kubernetes\\.(?:driver\\.|executor\\.)?node\\.selector\\.",
                  KubernetesSyntax::isLabelKey,
                  "does not end with the key of a Kubernetes label",
                  KubernetesSyntax.LABEL_KEY_RULE)
              .withValue(
                  KubernetesSyntax::isLabelValue,
                  "has no value of a Kubernetes label",
                  KubernetesSyntax.LABEL_VALUE_RULE),
          Kind.of(
              "(?:spark\\.kubernetes\\.driverEnv|spark\\.executorEnv)\\.",
              EnvNames::isName,
              "does not end with the name of an environment variable",
              EnvNames.RULE),
          Kind.of(
                  ROLE + "secretKeyRef\\.",
                  EnvNames::isName,
                  "does not end with the name of an environment variable",
                  EnvNames.RULE)
              .withValue(
                  Pattern.compile("[^:]+:[^:]+").asMatchPredicate(),
                  "is no reference to a Secret",
                  "<name of the Secret>:<its key>"));

  private ConfKeyCheck() {}

  static List<Problem> check(Map<String, String> conf) {
    List<Problem> problems = new ArrayList<>();
    new TreeMap<>(conf)
        .forEach(
            (key, value) ->
                KINDS.stream()
                    .flatMap(kind -> kind.check(key, value).stream())
                    .findFirst()
                    .ifPresent(problems::add));
    return problems;
  }
}
