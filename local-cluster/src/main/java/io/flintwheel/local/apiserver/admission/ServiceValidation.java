package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of a Service. */
final class ServiceValidation {

  private static final String[] TYPES = {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"};

  private ServiceValidation() {}

  static void checkBeforeDefaults(ObjectNode service, List<FieldError> errors) {
    JsonNode spec = service.path("spec");
    boolean headless = "None".equals(Json.text(spec, "clusterIP"));
    boolean external = "ExternalName".equals(Json.text(spec, "type"));
    if (spec.path("ports").isEmpty() && !headless && !external) {
      errors.add(FieldError.required("spec.ports", ""));
    }
    if (!external) {
      AddressValidation.check(spec, errors);
    }
  }

  static void check(ObjectNode service, List<FieldError> errors) {
    JsonNode spec = service.path("spec");
    ports(spec.path("ports"), errors);
    String type = Json.textOrEmpty(spec, "type");
    if (!List.of(TYPES).contains(type)) {
      errors.add(FieldError.unsupported("spec.type", type, TYPES));
    }
    String affinity = Json.textOrEmpty(spec, "sessionAffinity");
    if (!affinity.isEmpty() && !Set.of("ClientIP", "None").contains(affinity)) {
      errors.add(FieldError.unsupported("spec.sessionAffinity", affinity, "ClientIP", "None"));
    }
    if (type.equals("ExternalName") && Json.textOrEmpty(spec, "externalName").isEmpty()) {
      errors.add(FieldError.required("spec.externalName", ""));
    }
    errors.addAll(MetadataValidation.labels("spec.selector", spec.path("selector")));
  }

  private static void ports(JsonNode ports, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    int index = 0;
    for (JsonNode port : ports) {
      String at = "spec.ports[" + index++ + "]";
      String name = Json.textOrEmpty(port, "name");
      if (name.isEmpty() && ports.size() > 1) {
        errors.add(FieldError.required(at + ".name", ""));
      } else if (!name.isEmpty()) {
        errors.addAll(Names.label(at + ".name", name));
        if (!names.add(name)) {
          errors.add(FieldError.duplicate(at + ".name", name));
        }
      }
      int number = port.path("port").asInt();
      number(at + ".port", number, errors);
      String protocol = Json.textOrEmpty(port, "protocol");
      if (!Set.of("SCTP", "TCP", "UDP").contains(protocol)) {
        errors.add(FieldError.unsupported(at + ".protocol", protocol, "SCTP", "TCP", "UDP"));
      }
      JsonNode target = port.path("targetPort");
      if (target.isTextual()) {
        PortNames.check(target.asText(), at + ".targetPort", errors);
      } else {
        number(at + ".targetPort", target.asInt(), errors);
      }
      if (!numbers.add(protocol + number)) {
        errors.add(FieldError.duplicate(at, key(protocol, number)));
      }
    }
  }

  private static void number(String at, int number, List<FieldError> errors) {
    if (number < 1 || number > 65_535) {
      errors.add(FieldError.invalid(at, number, "must be between 1 and 65535, inclusive"));
    }
  }

  /** What two ports have in common, as the real server shows it. */
  private static ObjectNode key(String protocol, int number) {
    return Json.object()
        .put("Name", "")
        .put("Protocol", protocol)
        .putNull("AppProtocol")
        .put("Port", number)
        .put("TargetPort", 0)
        .put("NodePort", 0);
  }

  static void checkUpdate(ObjectNode next, ObjectNode old, List<FieldError> errors) {
    String address = Json.textOrEmpty(next, "spec", "clusterIP");
    if (!address.equals(Json.textOrEmpty(old, "spec", "clusterIP"))) {
      errors.add(FieldError.invalid("spec.clusterIPs[0]", address, "may not change once set"));
    }
  }
}
