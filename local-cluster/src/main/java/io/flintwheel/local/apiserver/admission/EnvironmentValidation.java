package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of a container's environment variables and where they come from. */
final class EnvironmentValidation {

  private static final Pattern VARIABLE = Pattern.compile("[ -<>-~]+");
  private static final String NOT_A_VARIABLE =
      "a valid environment variable name must consist only of printable ASCII characters other"
          + " than '='";
  private static final String TOO_MANY = "may not have more than one field specified at a time";
  private static final List<String> SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");

  private EnvironmentValidation() {}

  static void check(JsonNode container, String at, List<FieldError> errors) {
    int index = 0;
    for (JsonNode variable : container.path("env")) {
      String field = at + ".env[" + index++ + "]";
      String name = Json.textOrEmpty(variable, "name");
      if (name.isEmpty()) {
        errors.add(FieldError.required(field + ".name", ""));
      } else {
        name(name, field + ".name", errors);
      }
      JsonNode from = variable.path("valueFrom");
      if (from.isObject()) {
        boolean alone = Json.textOrEmpty(variable, "value").isEmpty();
        source(from, field + ".valueFrom", alone, errors);
      }
    }
    index = 0;
    for (JsonNode all : container.path("envFrom")) {
      everyKey(all, at + ".envFrom", index++, errors);
    }
  }

  private static void name(String name, String at, List<FieldError> errors) {
    if (!VARIABLE.matcher(name).matches()) {
      errors.add(FieldError.invalid(at, name, NOT_A_VARIABLE));
    }
  }

  private static void source(JsonNode from, String at, boolean alone, List<FieldError> errors) {
    if (from.path("fieldRef").isObject()) {
      FieldReferences.ofVariable(from.path("fieldRef"), at + ".fieldRef", errors);
    }
    if (from.path("resourceFieldRef").isObject()) {
      FieldReferences.resource(
          from.path("resourceFieldRef"), at + ".resourceFieldRef", false, errors);
    }
    for (String keyed : List.of("configMapKeyRef", "secretKeyRef")) {
      if (from.path(keyed).isObject()) {
        key(from.path(keyed), at + "." + keyed, errors);
      }
    }
    long sources = SOURCES.stream().filter(source -> from.path(source).isObject()).count();
    if (sources == 0) {
      errors.add(
          FieldError.invalid(
              at,
              "",
              "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
                  + " `secretKeyRef` or `fileKeyRef`"));
    } else if (!alone) {
      errors.add(FieldError.invalid(at, "", "may not be specified when `value` is not empty"));
    } else if (sources > 1) {
      errors.add(FieldError.invalid(at, "", TOO_MANY));
    }
  }

  private static void key(JsonNode reference, String at, List<FieldError> errors) {
    String key = Json.textOrEmpty(reference, "key");
    errors.addAll(Names.subdomain(at + ".name", Json.textOrEmpty(reference, "name")));
    if (key.isEmpty()) {
      errors.add(FieldError.required(at + ".key", ""));
    } else {
      errors.addAll(Names.dataKey(at + ".key", key));
    }
  }

  private static void everyKey(JsonNode all, String at, int index, List<FieldError> errors) {
    String field = at + "[" + index + "]";
    String prefix = Json.textOrEmpty(all, "prefix");
    if (!prefix.isEmpty()) {
      name(prefix, field + ".prefix", errors);
    }
    int sources = 0;
    for (String source : List.of("configMapRef", "secretRef")) {
      JsonNode present = all.path(source);
      if (present.isObject()) {
        sources++;
        String name = Json.textOrEmpty(present, "name");
        String named = field + "." + source + ".name";
        if (name.isEmpty()) {
          errors.add(FieldError.required(named, ""));
        }
      }
    }
    // As the real server, which blames the list.
    if (sources == 0) {
      errors.add(FieldError.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`"));
    } else if (sources > 1) {
      errors.add(FieldError.invalid(at, "", TOO_MANY));
    }
  }
}
