package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of a pod's spec. */
final class PodValidation {

  private static final String UPDATE_FORBIDDEN =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
          + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
          + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
          + " previously negative)";

  private PodValidation() {}

  static List<FieldError> check(ObjectNode pod) {
    JsonNode spec = pod.path("spec");
    List<FieldError> errors = new ArrayList<>();
    Set<String> volumes = VolumeValidation.check(spec.path("volumes"), errors);
    if (spec.path("containers").isEmpty()) {
      errors.add(FieldError.required("spec.containers", ""));
    }
    long grace = spec.path("terminationGracePeriodSeconds").asLong();
    boolean hostUsers = spec.path("hostUsers").asBoolean(true);
    Set<String> names = new HashSet<>();
    for (String list : List.of("containers", "initContainers")) {
      int index = 0;
      for (JsonNode container : spec.path(list)) {
        String at = "spec." + list + "[" + index++ + "]";
        name(container, at, names, errors);
        ContainerValidation.check(container, at, volumes, hostUsers, errors);
        if (list.equals("containers") || "Always".equals(Json.text(container, "restartPolicy"))) {
          HandlerValidation.check(container, at, grace, errors);
        } else {
          HandlerValidation.checkInit(container, at, errors);
        }
      }
    }
    String policy = Json.textOrEmpty(spec, "restartPolicy");
    if (!Set.of("Always", "OnFailure", "Never").contains(policy)) {
      errors.add(
          FieldError.unsupported("spec.restartPolicy", policy, "Always", "OnFailure", "Never"));
    }
    rest(spec, errors);
    PlacementValidation.check(spec, errors);
    HostValidation.check(spec, errors);
    SecurityContextValidation.checkPod(
        spec.path("securityContext"), "spec.securityContext", errors);
    WindowsValidation.pod(spec, errors);
    errors.addAll(MetadataValidation.labels("spec.nodeSelector", spec.path("nodeSelector")));
    return errors;
  }

  private static void rest(JsonNode spec, List<FieldError> errors) {
    JsonNode deadline = spec.path("activeDeadlineSeconds");
    if (deadline.isNumber() && (deadline.asLong() < 1 || deadline.asLong() > Integer.MAX_VALUE)) {
      errors.add(
          FieldError.invalid(
              "spec.activeDeadlineSeconds",
              deadline.asLong(),
              "must be between 1 and 2147483647, inclusive"));
    }
    for (String name : List.of("hostname", "subdomain")) {
      String value = Json.textOrEmpty(spec, name);
      if (!value.isEmpty()) {
        errors.addAll(Names.label("spec." + name, value));
      }
    }
    String dns = Json.textOrEmpty(spec, "dnsPolicy");
    if (!Set.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None").contains(dns)) {
      errors.add(
          FieldError.unsupported(
              "spec.dnsPolicy", dns, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"));
    }
    if (dns.equals("None") && !spec.path("dnsConfig").isObject()) {
      errors.add(
          FieldError.required(
              "spec.dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None"));
    }
  }

  static List<FieldError> checkUpdate(ObjectNode next, ObjectNode old) {
    for (String list : List.of("containers", "initContainers")) {
      if (next.path("spec").path(list).size() != old.path("spec").path(list).size()) {
        return List.of(
            FieldError.forbidden("spec." + list, "pod updates may not add or remove containers"));
      }
    }
    List<FieldError> errors = new ArrayList<>(checkDeadline(next, old));
    if (!withoutMutable(next).equals(withoutMutable(old))) {
      errors.add(FieldError.forbidden("spec", UPDATE_FORBIDDEN));
    }
    if (!errors.isEmpty()) {
      return errors;
    }
    List<JsonNode> tolerations = new ArrayList<>();
    next.path("spec").path("tolerations").forEach(tolerations::add);
    for (JsonNode toleration : old.path("spec").path("tolerations")) {
      if (!tolerations.contains(toleration)) {
        return List.of(
            FieldError.forbidden(
                "spec.tolerations",
                "existing toleration can not be modified except its" + " tolerationSeconds"));
      }
    }
    return List.of();
  }

  private static List<FieldError> checkDeadline(ObjectNode next, ObjectNode old) {
    JsonNode before = old.path("spec").path("activeDeadlineSeconds");
    JsonNode after = next.path("spec").path("activeDeadlineSeconds");
    if (!before.isNumber() || (after.isNumber() && after.asLong() <= before.asLong())) {
      return List.of();
    }
    return List.of(
        FieldError.invalid(
            "spec.activeDeadlineSeconds",
            after.isNumber() ? after : NullNode.getInstance(),
            after.isNumber()
                ? "must be less than or equal to previous value"
                : "must not update from a positive integer to nil value"));
  }

  private static ObjectNode withoutMutable(ObjectNode pod) {
    ObjectNode spec = Json.objectAt(pod.deepCopy(), "spec");
    spec.remove(List.of("activeDeadlineSeconds", "tolerations"));
    for (String list : List.of("containers", "initContainers")) {
      Json.objects(spec, list).forEach(container -> container.remove("image"));
    }
    return spec;
  }

  private static void name(
      JsonNode container, String at, Set<String> names, List<FieldError> errors) {
    String name = Json.textOrEmpty(container, "name");
    if (name.isEmpty()) {
      errors.add(FieldError.required(at + ".name", ""));
      return;
    }
    errors.addAll(Names.label(at + ".name", name));
    if (!names.add(name)) {
      errors.add(FieldError.duplicate(at + ".name", name));
    }
  }
}
