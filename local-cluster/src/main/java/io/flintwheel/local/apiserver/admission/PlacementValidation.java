package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;
import java.util.Set;

/** Checks of what says where a pod may run: tolerations and node affinity. */
final class PlacementValidation {

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final String NO_OPERATOR = "not a valid selector operator";
  private static final Set<String> COMPARISONS = Set.of("Gt", "Lt");
  private static final int HEAVIEST = 100;

  private PlacementValidation() {}

  static void check(JsonNode spec, List<FieldError> errors) {
    int index = 0;
    for (JsonNode toleration : spec.path("tolerations")) {
      toleration(toleration, "spec.tolerations[" + index++ + "]", errors);
    }
    JsonNode affinity = spec.path("affinity").path("nodeAffinity");
    String at = "spec.affinity.nodeAffinity.";
    if (affinity.path(REQUIRED).isObject()) {
      required(affinity.path(REQUIRED), at + REQUIRED + ".nodeSelectorTerms", errors);
    }
    index = 0;
    for (JsonNode preferred : affinity.path(PREFERRED)) {
      String field = at + PREFERRED + "[" + index++ + "]";
      int weight = preferred.path("weight").asInt();
      if (weight < 1 || weight > HEAVIEST) {
        errors.add(FieldError.invalid(field + ".weight", weight, "must be in the range 1-100"));
      }
      term(preferred.path("preference"), field + ".preference", false, errors);
    }
  }

  private static void toleration(JsonNode toleration, String at, List<FieldError> errors) {
    String key = Json.textOrEmpty(toleration, "key");
    String operator = Json.textOrEmpty(toleration, "operator");
    String value = Json.textOrEmpty(toleration, "value");
    String effect = Json.textOrEmpty(toleration, "effect");
    if (!key.isEmpty()) {
      errors.addAll(Names.qualified(at + ".key", key));
    } else if (!operator.equals("Exists")) {
      errors.add(
          FieldError.invalid(
              at + ".operator",
              operator,
              "operator must be Exists when `key` is empty, which means \"match all values and all"
                  + " keys\""));
    }
    if (toleration.path("tolerationSeconds").isNumber() && !effect.equals("NoExecute")) {
      errors.add(
          FieldError.invalid(
              at + ".effect",
              effect,
              "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    switch (operator) {
      case "", "Equal" -> errors.addAll(Names.labelValue(at + ".operator", value));
      case "Exists" -> {
        if (!value.isEmpty()) {
          errors.add(
              FieldError.invalid(
                  at + ".operator", value, "value must be empty when `operator` is 'Exists'"));
        }
      }
      case "Lt", "Gt" ->
          errors.add(
              FieldError.unsupported(at + ".operator", operator, "Equal", "Exists", "Lt", "Gt"));
      default -> errors.add(FieldError.unsupported(at + ".operator", operator, "Equal", "Exists"));
    }
    if (!effect.isEmpty()
        && !Set.of("NoSchedule", "PreferNoSchedule", "NoExecute").contains(effect)) {
      errors.add(
          FieldError.unsupported(
              at + ".effect", effect, "NoSchedule", "PreferNoSchedule", "NoExecute"));
    }
  }

  private static void required(JsonNode required, String at, List<FieldError> errors) {
    JsonNode terms = required.path("nodeSelectorTerms");
    if (terms.isEmpty()) {
      errors.add(FieldError.required(at, "must have at least one node selector term"));
    }
    int index = 0;
    for (JsonNode term : terms) {
      term(term, at + "[" + index++ + "]", true, errors);
    }
  }

  private static void term(JsonNode term, String at, boolean checkValues, List<FieldError> errors) {
    int index = 0;
    for (JsonNode expression : term.path("matchExpressions")) {
      expression(expression, at + ".matchExpressions[" + index++ + "]", checkValues, errors);
    }
    index = 0;
    for (JsonNode expression : term.path("matchFields")) {
      field(expression, at + ".matchFields[" + index++ + "]", errors);
    }
  }

  private static void expression(
      JsonNode expression, String at, boolean checkValues, List<FieldError> errors) {
    String operator = Json.textOrEmpty(expression, "operator");
    JsonNode values = expression.path("values");
    if (Set.of("In", "NotIn").contains(operator)) {
      if (values.isEmpty()) {
        errors.add(
            FieldError.required(
                at + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
      }
    } else if (Set.of("Exists", "DoesNotExist").contains(operator)) {
      if (!values.isEmpty()) {
        errors.add(
            FieldError.forbidden(
                at + ".values",
                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      }
    } else if (!COMPARISONS.contains(operator)) {
      errors.add(FieldError.invalid(at + ".operator", operator, NO_OPERATOR));
    } else if (values.size() != 1) {
      errors.add(
          FieldError.required(
              at + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'"));
    }
    errors.addAll(Names.qualified(at + ".key", Json.textOrEmpty(expression, "key")));
    int index = 0;
    for (JsonNode value : values) {
      if (checkValues) {
        errors.addAll(Names.labelValue(at + ".values[" + index++ + "]", value.asText()));
      }
    }
  }

  private static void field(JsonNode expression, String at, List<FieldError> errors) {
    String operator = Json.textOrEmpty(expression, "operator");
    if (!Set.of("In", "NotIn").contains(operator)) {
      errors.add(FieldError.invalid(at + ".operator", operator, NO_OPERATOR));
    } else if (expression.path("values").size() != 1) {
      errors.add(
          FieldError.required(
              at + ".values",
              "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
    }
    String key = Json.textOrEmpty(expression, "key");
    if (!key.equals("metadata.name")) {
      errors.add(FieldError.invalid(at + ".key", key, "not a valid field selector key"));
    }
  }
}
