package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of one container. */
final class ContainerValidation {

  private static final Pattern VARIABLE = Pattern.compile("[ -<>-~]+");

  private ContainerValidation() {}

  static void check(JsonNode container, String at, Set<String> volumes, List<FieldError> errors) {
    if (Json.textOrEmpty(container, "image").isEmpty()) {
      errors.add(FieldError.required(at + ".image", ""));
    }
    String pull = Json.textOrEmpty(container, "imagePullPolicy");
    if (!Set.of("Always", "IfNotPresent", "Never").contains(pull)) {
      errors.add(
          FieldError.unsupported(at + ".imagePullPolicy", pull, "Always", "IfNotPresent", "Never"));
    }
    environment(container, at, errors);
    ports(container, at, errors);
    mounts(container, at, volumes, errors);
    resources(container.path("resources"), at + ".resources", errors);
    SecurityContextValidation.checkContainer(
        container.path("securityContext"), at + ".securityContext", errors);
  }

  private static void environment(JsonNode container, String at, List<FieldError> errors) {
    int index = 0;
    for (JsonNode variable : container.path("env")) {
      String field = at + ".env[" + index++ + "]";
      if (Json.textOrEmpty(variable, "name").isEmpty()) {
        errors.add(FieldError.required(field + ".name", ""));
      } else if (!VARIABLE.matcher(Json.textOrEmpty(variable, "name")).matches()) {
        errors.add(
            FieldError.invalid(
                field + ".name",
                Json.textOrEmpty(variable, "name"),
                "a valid environment variable name must consist only of printable ASCII characters"
                    + " other than '='"));
      }
      if (variable.has("valueFrom") && !Json.textOrEmpty(variable, "value").isEmpty()) {
        errors.add(
            FieldError.invalid(
                field + ".valueFrom", "", "may not be specified when `value` is not empty"));
      }
    }
  }

  private static void ports(JsonNode container, String at, List<FieldError> errors) {
    int index = 0;
    Set<String> names = new HashSet<>();
    for (JsonNode port : container.path("ports")) {
      String field = at + ".ports[" + index++ + "]";
      int number = port.path("containerPort").asInt();
      if (!port.has("containerPort")) {
        errors.add(FieldError.required(field + ".containerPort", ""));
      } else if (number < 1 || number > 65_535) {
        errors.add(
            FieldError.invalid(
                field + ".containerPort", number, "must be between 1 and 65535, inclusive"));
      }
      String name = Json.textOrEmpty(port, "name");
      if (name.length() > 15) {
        errors.add(FieldError.invalid(field + ".name", name, "must be no more than 15 characters"));
      }
      if (!name.isEmpty() && !names.add(name)) {
        errors.add(FieldError.duplicate(field + ".name", name));
      }
    }
  }

  private static void mounts(
      JsonNode container, String at, Set<String> volumes, List<FieldError> errors) {
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
    }
  }

  private static void resources(JsonNode resources, String at, List<FieldError> errors) {
    for (String list : List.of("limits", "requests")) {
      for (Map.Entry<String, JsonNode> amount : resources.path(list).properties()) {
        String field = at + "." + list + "[" + amount.getKey() + "]";
        String text = amount.getValue().asText();
        if (Amount.parse(text).signum() < 0) {
          errors.add(FieldError.invalid(field, text, "must be greater than or equal to 0"));
        }
        JsonNode limit = resources.path("limits").path(amount.getKey());
        if (list.equals("requests")
            && !limit.isMissingNode()
            && Amount.parse(text).compareTo(Amount.parse(limit.asText())) > 0) {
          errors.add(
              FieldError.invalid(
                  at + ".requests",
                  text,
                  "must be less than or equal to "
                      + amount.getKey()
                      + " limit of "
                      + limit.asText()));
        }
      }
    }
  }
}
