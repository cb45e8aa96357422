package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.KubernetesSyntax;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which labels a job may put on its pods. */
public final class LabelPolicy {

  /**
   * A regular expression of what stands, in Spark's configuration, before {@code label.<key>} or
   * {@code annotation.<key>}.
   */
  public static final String LABELLED =
      "spark\\.kubernetes\\.(?:driver\\.service|driver|executor"
          + "|(?:driver|executor)\\.volumes\\.persistentVolumeClaim\\.[^.]+)\\.";

  /**
   * A regular expression of the configuration's key whose value is the key of a label; Spark 3 had
   * three m's.
   */
  public static final String NAMES_A_LABEL =
      "spark\\.kubernetes\\.executor\\.decomm{1,2}issionLabel";

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
              } else if (!KubernetesSyntax.isLabelKey(key)) {
                problems.add(
                    new Problem(
                        path,
                        "not the key of a Kubernetes label",
                        KubernetesSyntax.LABEL_KEY_RULE));
              } else if (!KubernetesSyntax.isLabelValue(value)) {
                problems.add(
                    new Problem(
                        path,
                        "not the value of a Kubernetes label",
                        KubernetesSyntax.LABEL_VALUE_RULE));
              }
            });
    return problems;
  }

  static boolean isReserved(String key) {
    return JobLabels.isReserved(key);
  }

  static Problem reserved(String field) {
    return Rule.RESERVED_LABELS.refuses(
        field, "Flintwheel and Spark know their pods by this key", "another key");
  }
}
