package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of the files that volumes make of keys, fields and tokens. */
final class ProjectionValidation {

  private static final int LARGEST_MODE = 0777;
  private static final long SHORTEST_TOKEN_SECONDS = 600;
  private static final long LONGEST_TOKEN_SECONDS = 1L << 32;

  private ProjectionValidation() {}

  /** Checks a projected volume. */
  static void check(JsonNode volume, String at, List<FieldError> errors) {
    mode(volume, "defaultMode", at, errors);
    Set<String> paths = new HashSet<>();
    int index = 0;
    for (JsonNode source : volume.path("sources")) {
      String field = at + ".sources[" + index++ + "]";
      for (String keyed : List.of("secret", "configMap")) {
        JsonNode present = source.path(keyed);
        if (present.isObject()) {
          String name = Json.textOrEmpty(present, "name");
          if (name.isEmpty()) {
            errors.add(FieldError.required(field + "." + keyed + ".name", ""));
          }
          items(present, field + "." + keyed, errors);
          present.path("items").forEach(item -> unique(item, paths, at, name, errors));
        }
      }
      JsonNode downward = source.path("downwardAPI");
      fields(downward, field + ".downwardAPI", errors);
      for (JsonNode item : downward.path("items")) {
        unique(item, paths, at, Json.textOrEmpty(item, "path"), errors);
      }
      if (source.path("serviceAccountToken").isObject()) {
        token(source.path("serviceAccountToken"), at, field + ".serviceAccountToken", errors);
      }
      if (source.size() > 1) {
        errors.add(
            FieldError.forbidden(field, "may not specify more than 1 volume type per source"));
      }
    }
  }

  private static void token(JsonNode token, String volume, String at, List<FieldError> errors) {
    long seconds = token.path("expirationSeconds").asLong();
    if (seconds < SHORTEST_TOKEN_SECONDS || seconds > LONGEST_TOKEN_SECONDS) {
      errors.add(
          FieldError.invalid(
              at + ".expirationSeconds",
              seconds,
              seconds < SHORTEST_TOKEN_SECONDS
                  ? "may not specify a duration less than 10 minutes"
                  : "may not specify a duration larger than 2^32 seconds"));
    }
    String path = Json.textOrEmpty(token, "path");
    // As the real server, which leaves the source out of the field.
    if (path.isEmpty()) {
      errors.add(FieldError.required(volume + ".path", ""));
    } else {
      below(path, volume + ".path", errors);
    }
  }

  /** Checks which keys become files. */
  static void items(JsonNode source, String at, List<FieldError> errors) {
    int index = 0;
    for (JsonNode item : source.path("items")) {
      String field = at + ".items[" + index++ + "]";
      if (Json.textOrEmpty(item, "key").isEmpty()) {
        errors.add(FieldError.required(field + ".key", ""));
      }
      file(item, field, errors);
      mode(item, "mode", field, errors);
    }
  }

  /** Checks which fields of the pod become files; the real server does not count them. */
  static void fields(JsonNode source, String at, List<FieldError> errors) {
    for (JsonNode item : source.path("items")) {
      file(item, at, errors);
      JsonNode field = item.path("fieldRef");
      JsonNode resource = item.path("resourceFieldRef");
      if (field.isObject()) {
        FieldReferences.ofFile(field, at + ".fieldRef", errors);
        if (resource.isObject()) {
          errors.add(
              FieldError.invalid(
                  at,
                  "resource",
                  "fieldRef and resourceFieldRef can not be specified simultaneously"));
        }
      } else if (resource.isObject()) {
        FieldReferences.resource(resource, at + ".resourceFieldRef", true, errors);
      } else {
        errors.add(FieldError.required(at, "one of fieldRef and resourceFieldRef is required"));
      }
      mode(item, "mode", at, errors);
    }
  }

  static void mode(JsonNode source, String name, String at, List<FieldError> errors) {
    long mode = source.path(name).asLong();
    if (mode < 0 || mode > LARGEST_MODE) {
      errors.add(
          FieldError.invalid(
              at + "." + name,
              mode,
              "must be a number between 0 and 0777 (octal), both inclusive"));
    }
  }

  static void noStepsBack(String path, String at, List<FieldError> errors) {
    if (List.of(path.split("/")).contains("..")) {
      errors.add(FieldError.invalid(at, path, "must not contain '..'"));
    }
  }

  private static void file(JsonNode item, String at, List<FieldError> errors) {
    String path = Json.textOrEmpty(item, "path");
    if (path.isEmpty()) {
      errors.add(FieldError.required(at + ".path", ""));
    }
    below(path, at + ".path", errors);
  }

  private static void below(String path, String at, List<FieldError> errors) {
    if (path.startsWith("/")) {
      errors.add(FieldError.invalid(at, path, "must be a relative path"));
    }
    noStepsBack(path, at, errors);
    if (path.startsWith("..") && !path.startsWith("../")) {
      errors.add(FieldError.invalid(at, path, "must not start with '..'"));
    }
  }

  private static void unique(
      JsonNode item, Set<String> paths, String at, String blamed, List<FieldError> errors) {
    String path = Json.textOrEmpty(item, "path");
    if (!path.isEmpty() && !paths.add(path)) {
      errors.add(FieldError.invalid(at, blamed, "conflicting duplicate paths"));
    }
  }
}
