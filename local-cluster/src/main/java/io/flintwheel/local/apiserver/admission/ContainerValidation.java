package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of one container. */
final class ContainerValidation {

  private ContainerValidation() {}

  /**
   * @param hostUsers whether the pod shares the users of its node
   */
  static void check(
      JsonNode container,
      String at,
      Set<String> volumes,
      boolean hostUsers,
      List<FieldError> errors) {
    String image = Json.textOrEmpty(container, "image");
    if (image.isEmpty()) {
      errors.add(FieldError.required(at + ".image", ""));
    } else if (!image.equals(image.strip())) {
      errors.add(
          FieldError.invalid(at + ".image", image, "must not have leading or trailing whitespace"));
    }
    String message = Json.textOrEmpty(container, "terminationMessagePolicy");
    if (!Set.of("File", "FallbackToLogsOnError").contains(message)) {
      errors.add(
          FieldError.unsupported(
              at + ".terminationMessagePolicy", message, "File", "FallbackToLogsOnError"));
    }
    ports(container, at, errors);
    EnvironmentValidation.check(container, at, errors);
    MountValidation.check(container, at, volumes, errors);
    String pull = Json.textOrEmpty(container, "imagePullPolicy");
    if (!Set.of("Always", "IfNotPresent", "Never").contains(pull)) {
      errors.add(
          FieldError.unsupported(at + ".imagePullPolicy", pull, "Always", "IfNotPresent", "Never"));
    }
    ResourceValidation.check(container.path("resources"), at + ".resources", errors);
    SecurityContextValidation.checkContainer(
        container.path("securityContext"), at + ".securityContext", hostUsers, errors);
  }

  private static void ports(JsonNode container, String at, List<FieldError> errors) {
    int index = 0;
    Set<String> names = new HashSet<>();
    for (JsonNode port : container.path("ports")) {
      String field = at + ".ports[" + index++ + "]";
      String name = Json.textOrEmpty(port, "name");
      List<FieldError> misnamed = new ArrayList<>();
      if (!name.isEmpty()) {
        PortNames.check(name, field + ".name", misnamed);
      }
      if (!name.isEmpty() && misnamed.isEmpty() && !names.add(name)) {
        misnamed.add(FieldError.duplicate(field + ".name", name));
      }
      errors.addAll(misnamed);
      if (port.path("containerPort").asInt() == 0) {
        errors.add(FieldError.required(field + ".containerPort", ""));
      }
      for (String number : List.of("containerPort", "hostPort")) {
        int value = port.path(number).asInt();
        if (value < 0 || value > 65_535) {
          errors.add(
              FieldError.invalid(
                  field + "." + number, value, "must be between 1 and 65535, inclusive"));
        }
      }
      String protocol = Json.textOrEmpty(port, "protocol");
      if (!Set.of("SCTP", "TCP", "UDP").contains(protocol)) {
        errors.add(FieldError.unsupported(field + ".protocol", protocol, "SCTP", "TCP", "UDP"));
      }
    }
  }
}
