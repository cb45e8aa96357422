package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;

/** Checks of what a role binding binds to whom. */
final class RoleBindingValidation {

  private static final String GROUP = "rbac.authorization.k8s.io";

  private RoleBindingValidation() {}

  static void check(JsonNode binding, boolean namespaced, List<FieldError> errors) {
    JsonNode role = binding.path("roleRef");
    member("roleRef.apiGroup", Json.textOrEmpty(role, "apiGroup"), errors, GROUP);
    String kind = Json.textOrEmpty(role, "kind");
    if (namespaced) {
      member("roleRef.kind", kind, errors, "Role", "ClusterRole");
    } else {
      member("roleRef.kind", kind, errors, "ClusterRole");
    }
    if (Json.textOrEmpty(role, "name").isEmpty()) {
      errors.add(FieldError.required("roleRef.name", ""));
    }
    int index = 0;
    for (JsonNode subject : binding.path("subjects")) {
      subject(subject, "subjects[" + index++ + "]", namespaced, errors);
    }
  }

  private static void subject(
      JsonNode subject, String at, boolean namespaced, List<FieldError> errors) {
    String name = Json.textOrEmpty(subject, "name");
    String group = Json.textOrEmpty(subject, "apiGroup");
    if (name.isEmpty()) {
      errors.add(FieldError.required(at + ".name", ""));
    }
    switch (Json.textOrEmpty(subject, "kind")) {
      case "ServiceAccount" -> {
        if (!name.isEmpty()) {
          errors.addAll(Names.subdomain(at + ".name", name));
        }
        member(at + ".apiGroup", group, errors, "");
        if (!namespaced && Json.textOrEmpty(subject, "namespace").isEmpty()) {
          errors.add(FieldError.required(at + ".namespace", ""));
        }
      }
      case "User", "Group" -> member(at + ".apiGroup", group, errors, GROUP);
      default ->
          errors.add(
              FieldError.unsupported(
                  at + ".kind",
                  Json.textOrEmpty(subject, "kind"),
                  "ServiceAccount",
                  "User",
                  "Group"));
    }
  }

  private static void member(
      String field, String value, List<FieldError> errors, String... supported) {
    if (!List.of(supported).contains(value)) {
      errors.add(FieldError.unsupported(field, value, supported));
    }
  }
}
