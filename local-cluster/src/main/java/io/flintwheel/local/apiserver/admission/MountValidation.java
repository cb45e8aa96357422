package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of where a container mounts its pod's volumes. */
final class MountValidation {

  private MountValidation() {}

  static void check(JsonNode container, String at, Set<String> volumes, List<FieldError> errors) {
    boolean privileged = container.path("securityContext").path("privileged").asBoolean();
    int index = 0;
    Set<String> paths = new HashSet<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      String field = at + ".volumeMounts[" + index++ + "]";
      String name = Json.textOrEmpty(mount, "name");
      String path = Json.textOrEmpty(mount, "mountPath");
      if (name.isEmpty()) {
        errors.add(FieldError.required(field + ".name", ""));
      } else if (!volumes.contains(name)) {
        errors.add(FieldError.notFound(field + ".name", name));
      }
      if (path.isEmpty()) {
        errors.add(FieldError.required(field + ".mountPath", ""));
      } else if (!paths.add(path)) {
        errors.add(FieldError.invalid(field + ".mountPath", path, "must be unique"));
      }
      parts(mount, field, at + ".volumeMounts", errors);
      propagation(mount, privileged, at + ".volumeMounts.mountPropagation", errors);
      recursion(mount, at + ".volumeMounts.recursiveReadOnly", errors);
    }
  }

  /** The real server leaves the index out of most of these. */
  private static void parts(JsonNode mount, String field, String all, List<FieldError> errors) {
    String part = Json.textOrEmpty(mount, "subPath");
    below(part, all + ".subPath", errors);
    String expression = Json.textOrEmpty(mount, "subPathExpr");
    if (!part.isEmpty() && !expression.isEmpty()) {
      errors.add(
          FieldError.invalid(
              field + ".subPathExpr",
              expression,
              "subPathExpr and subPath are mutually exclusive"));
    }
    below(expression, all + ".subPathExpr", errors);
  }

  private static void below(String path, String at, List<FieldError> errors) {
    if (path.startsWith("/")) {
      errors.add(FieldError.invalid(at, path, "must be a relative path"));
    }
    if (List.of(path.split("/", -1)).contains("..")) {
      errors.add(FieldError.invalid(at, path, "must not contain '..'"));
    }
  }

  private static void propagation(
      JsonNode mount, boolean privileged, String at, List<FieldError> errors) {
    String propagation = Json.text(mount, "mountPropagation");
    if (propagation == null) {
      return;
    }
    if (!Set.of("Bidirectional", "HostToContainer", "None").contains(propagation)) {
      errors.add(
          FieldError.unsupported(at, propagation, "Bidirectional", "HostToContainer", "None"));
    }
    if (propagation.equals("Bidirectional") && !privileged) {
      errors.add(
          FieldError.forbidden(
              at, "Bidirectional mount propagation is available only to privileged containers"));
    }
  }

  private static void recursion(JsonNode mount, String at, List<FieldError> errors) {
    String recursion = Json.text(mount, "recursiveReadOnly");
    if (recursion == null || recursion.equals("Disabled")) {
      return;
    }
    if (!Set.of("Enabled", "IfPossible").contains(recursion)) {
      errors.add(FieldError.unsupported(at, recursion, "Disabled", "Enabled", "IfPossible"));
      return;
    }
    if (!mount.path("readOnly").asBoolean()) {
      errors.add(FieldError.forbidden(at, "may only be specified when readOnly is true"));
    }
    String propagation = Json.textOrEmpty(mount, "mountPropagation");
    if (!propagation.isEmpty() && !propagation.equals("None")) {
      errors.add(
          FieldError.forbidden(
              at, "may only be specified when mountPropagation is None or not specified"));
    }
  }
}
