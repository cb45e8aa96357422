package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks of what is beside the metadata, by type. */
final class ContentValidation {

  private static final int DATA_LIMIT = 1024 * 1024;

  /** What a Secret of a type must hold. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
          "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
          "kubernetes.io/dockercfg", List.of(".dockercfg"),
          "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

  private ContentValidation() {}

  static List<FieldError> check(ResourceType type, ObjectNode object) {
    List<FieldError> errors = new ArrayList<>();
    if (type.equals(ResourceTypes.PODS)) {
      errors.addAll(PodValidation.check(object));
    } else if (type.equals(ResourceTypes.SERVICES)) {
      ServiceValidation.check(object, errors);
    } else if (type.equals(ResourceTypes.CONFIG_MAPS) || type.equals(ResourceTypes.SECRETS)) {
      data(object, errors);
    } else if (type.equals(ResourceTypes.LEASES)) {
      lease(object, errors);
    } else if (object.path("roleRef").isObject()) {
      RoleBindingValidation.check(object, type.namespaced(), errors);
    }
    return errors;
  }

  static List<FieldError> checkUpdate(ResourceType type, ObjectNode next, ObjectNode old) {
    List<FieldError> errors = new ArrayList<>();
    if (type.equals(ResourceTypes.PODS)) {
      errors.addAll(PodValidation.checkUpdate(next, old));
    } else if (type.equals(ResourceTypes.SERVICES)) {
      ServiceValidation.checkUpdate(next, old, errors);
    } else if (type.equals(ResourceTypes.CONFIG_MAPS) || type.equals(ResourceTypes.SECRETS)) {
      immutable(next, old, errors);
      String kind = Json.textOrEmpty(next, "type");
      if (!kind.equals(Json.textOrEmpty(old, "type"))) {
        errors.add(FieldError.invalid("type", kind, "field is immutable"));
      }
    } else if (old.has("roleRef") && !next.path("roleRef").equals(old.path("roleRef"))) {
      errors.add(FieldError.invalid("roleRef", next.path("roleRef"), "cannot change roleRef"));
    }
    return errors;
  }

  private static void data(ObjectNode object, List<FieldError> errors) {
    long size = 0;
    for (String field : List.of("data", "binaryData")) {
      for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
        String key = entry.getKey();
        errors.addAll(Names.dataKey(field + "[" + key + "]", key));
        if (field.equals("data") && object.path("binaryData").has(key)) {
          errors.add(
              FieldError.invalid(
                  "data[" + key + "]", key, "duplicate of key present in binaryData"));
        }
        size += entry.getValue().asText().length();
      }
    }
    for (String key : REQUIRED.getOrDefault(Json.textOrEmpty(object, "type"), List.of())) {
      if (!object.path("data").has(key)) {
        errors.add(FieldError.required("data[" + key + "]", ""));
      }
    }
    if (size > DATA_LIMIT) {
      errors.add(FieldError.tooLong("", DATA_LIMIT));
    }
  }

  private static void immutable(ObjectNode next, ObjectNode old, List<FieldError> errors) {
    if (!old.path("immutable").asBoolean()) {
      return;
    }
    if (!next.path("immutable").asBoolean()) {
      errors.add(FieldError.forbidden("immutable", "field is immutable when `immutable` is set"));
    }
    for (String field : List.of("data", "binaryData")) {
      if (!Objects.equals(next.get(field), old.get(field))) {
        errors.add(FieldError.forbidden(field, "field is immutable when `immutable` is set"));
      }
    }
  }

  private static void lease(ObjectNode lease, List<FieldError> errors) {
    JsonNode seconds = lease.path("spec").path("leaseDurationSeconds");
    if (seconds.isNumber() && seconds.asInt() <= 0) {
      errors.add(
          FieldError.invalid(
              "spec.leaseDurationSeconds", seconds.asInt(), "must be greater than 0"));
    }
  }
}
