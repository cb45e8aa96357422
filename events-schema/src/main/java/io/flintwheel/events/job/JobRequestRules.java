package io.flintwheel.events.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Json;
import io.flintwheel.events.WholeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a request as its publisher wrote it, before it becomes a {@link JobRequested}:
 * all of it at once, each with its path.
 *
 * <p>Whoever takes requests in, by Kafka or by HTTP, asks here first. The specification inside is
 * {@code SparkApplicationSpecReader}'s affair.
 */
public final class JobRequestRules {

  private static final String RESERVED =
      "a key of your own: those of flintwheel.io and of Spark are set for you";

  private final String parent;
  private final List<Problem> problems = new ArrayList<>();

  private JobRequestRules(String parent) {
    this.parent = parent;
  }

  /**
   * The problems of a request; none means that it can be read.
   *
   * @param request the document; {@code jobId} may be missing
   * @param parent what paths start with, such as {@code data}; may be empty
   */
  public static List<Problem> problems(JsonNode request, String parent) {
    JobRequestRules rules = new JobRequestRules(parent);
    if (request instanceof ObjectNode object) {
      rules.check(object);
    } else {
      rules.problems.add(new Problem(parent, "is " + Json.kind(request), "an object with a spec"));
    }
    return Problem.bounded(rules.problems, parent);
  }

  private void check(ObjectNode request) {
    checkName(request, "jobId");
    JsonNode namespace = request.path("namespace");
    if (isText(namespace, "namespace") && !KubernetesSyntax.isNamespace(namespace.textValue())) {
      wrong("namespace", namespace, KubernetesSyntax.NAMESPACE_RULE);
    }
    checkLabels(request.path("labels"));
    checkAttempt(request.path("attempt"));
    checkName(request, "resourceName");
    JsonNode spec = request.path("spec");
    if (!isGiven(spec)) {
      add("spec", "is missing", "a SparkApplicationSpec of v1beta2");
    } else if (!spec.isObject()) {
      add("spec", "is " + Json.kind(spec), "a SparkApplicationSpec of v1beta2");
    }
  }

  private void checkAttempt(JsonNode attempt) {
    if (!isGiven(attempt)) {
      return;
    }
    WholeNumber judged = WholeNumber.judge(attempt, 1, JobRequested.LAST_ATTEMPT);
    if (judged != WholeNumber.FITS) {
      String expected = "a whole number from 1 to " + JobRequested.LAST_ATTEMPT;
      add(
          "attempt",
          judged.message(attempt),
          judged == WholeNumber.NOT_IN_DIGITS ? expected + ", in digits alone" : expected);
    }
  }

  private void checkName(ObjectNode request, String field) {
    JsonNode name = request.path(field);
    if (isText(name, field)) {
      try {
        JobId.parse(name.textValue());
      } catch (IllegalArgumentException e) {
        wrong(field, name, JobId.RULE);
      }
    }
  }

  private void checkLabels(JsonNode labels) {
    if (!isGiven(labels)) {
      return;
    }
    if (!labels.isObject()) {
      add("labels", "is " + Json.kind(labels), "an object of texts");
      return;
    }
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String key = label.getKey();
      String field = "labels[" + Json.abbreviate(key) + "]";
      JsonNode value = label.getValue();
      if (!KubernetesSyntax.isLabelKey(key)) {
        add(field, "is not a key that Kubernetes allows", KubernetesSyntax.LABEL_KEY_RULE);
      } else if (JobLabels.isReserved(key)) {
        add(field, "is a reserved key", RESERVED);
      }
      if (!value.isTextual()) {
        add(field, "is " + Json.kind(value), "a text, in quotes");
      } else if (!KubernetesSyntax.isLabelValue(value.textValue())) {
        wrong(field, value, KubernetesSyntax.LABEL_VALUE_RULE);
      }
    }
  }

  /** Refuses a label that Kubernetes would refuse or that is not the publisher's to set. */
  static void requireLabel(String key, String value) {
    if (!KubernetesSyntax.isLabelKey(key)) {
      throw new IllegalArgumentException(
          "label key '" + Json.abbreviate(key) + "' must be " + KubernetesSyntax.LABEL_KEY_RULE);
    }
    if (JobLabels.isReserved(key)) {
      throw new IllegalArgumentException("label key '" + key + "' must be " + RESERVED);
    }
    if (!KubernetesSyntax.isLabelValue(value)) {
      throw new IllegalArgumentException(
          "label " + key + " must have " + KubernetesSyntax.LABEL_VALUE_RULE);
    }
  }

  private boolean isText(JsonNode node, String field) {
    if (isGiven(node) && !node.isTextual()) {
      add(field, "is " + Json.kind(node), "a text, in quotes");
    }
    return node.isTextual();
  }

  private static boolean isGiven(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private void wrong(String field, JsonNode value, String expected) {
    add(field, "is '" + Json.abbreviate(value.asText()) + "'", expected);
  }

  private void add(String field, String message, String expected) {
    problems.add(new Problem(parent.isEmpty() ? field : parent + "." + field, message, expected));
  }
}
