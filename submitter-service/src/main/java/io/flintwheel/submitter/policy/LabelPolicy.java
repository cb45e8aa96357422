package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which labels a job may put on its pods. */
public final class LabelPolicy {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private LabelPolicy() {}

  /** All that is wrong with labels given at a field. */
  public static List<Problem> check(String field, Map<String, String> labels) {
    List<Problem> problems = new ArrayList<>();
    new TreeMap<>(labels)
        .forEach(
            (key, value) -> {
              String path = field + "[" + key + "]";
              if (isReserved(key)) {
                problems.add(reserved(path));
              } else if (!isKey(key)) {
                problems.add(
                    new Problem(
                        path,
                        "not the key of a Kubernetes label",
                        "at most 63 letters, digits, '-', '_' or '.', after an optional domain and"
                            + " '/'"));
              } else if (!isValue(value)) {
                problems.add(
                    new Problem(
                        path,
                        "not the value of a Kubernetes label",
                        "at most 63 letters, digits, '-', '_' or '.', starting and ending with a"
                            + " letter or digit"));
              }
            });
    return problems;
  }

  /** Whether Kubernetes takes it as a label's value. */
  public static boolean isValue(String value) {
    return value.isEmpty() || NAME.matcher(value).matches();
  }

  static boolean isReserved(String key) {
    return JobLabels.isReserved(key);
  }

  static Problem reserved(String field) {
    return Rule.RESERVED_LABELS.refuses(
        field, "Flintwheel and Spark know their pods by this key", "another key");
  }

  private static boolean isKey(String key) {
    int slash = key.indexOf('/');
    return slash < 0
        ? NAME.matcher(key).matches()
        : DOMAIN.matcher(key.substring(0, slash)).matches()
            && NAME.matcher(key.substring(slash + 1)).matches();
  }
}
