package io.flintwheel.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.controller.Namespaces;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.WriteOptions;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.List;

/** What a new cluster holds: namespaces, and the accounts that Spark's drivers run as. */
final class Seeds {

  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease", "flintwheel");

  /** Ours, and the one that upstream's manifests name. */
  private static final List<String> DRIVER_ACCOUNTS = List.of("spark", "spark-operator-spark");

  private static final String DRIVER_ROLE = "spark-driver";

  private final Objects objects;

  private Seeds(Objects objects) {
    this.objects = objects;
  }

  static void plant(Objects objects, Namespaces namespaces) {
    Seeds seeds = new Seeds(objects);
    for (String namespace : NAMESPACES) {
      seeds.create(ResourceTypes.NAMESPACES, "", named(namespace));
      namespaces.furnish(namespace);
    }
    seeds.kubernetesService();
    seeds.driverAccounts();
  }

  private void kubernetesService() {
    ObjectNode service = named("kubernetes");
    Json.objectAt(service, "metadata", "labels")
        .put("component", "apiserver")
        .put("provider", "kubernetes");
    Json.arrayAt(Json.objectAt(service, "spec"), "ports")
        .addObject()
        .put("name", "https")
        .put("port", 443)
        .put("targetPort", 6443);
    create(ResourceTypes.SERVICES, "default", service);
  }

  /** What a driver needs and no more, by the audit log of a run on a real control plane. */
  private void driverAccounts() {
    ObjectNode role = named(DRIVER_ROLE);
    rule(
        role,
        List.of("pods"),
        List.of("create", "get", "list", "watch", "delete", "deletecollection", "patch"));
    rule(
        role,
        List.of("configmaps", "services", "persistentvolumeclaims"),
        List.of("create", "get", "list", "delete", "deletecollection"));
    create(ResourceTypes.ROLES, "default", role);
    for (String account : DRIVER_ACCOUNTS) {
      create(ResourceTypes.SERVICE_ACCOUNTS, "default", named(account));
      ObjectNode binding = named(account);
      binding
          .putObject("roleRef")
          .put("apiGroup", "rbac.authorization.k8s.io")
          .put("kind", "Role")
          .put("name", DRIVER_ROLE);
      binding
          .putArray("subjects")
          .addObject()
          .put("kind", "ServiceAccount")
          .put("name", account)
          .put("namespace", "default");
      create(ResourceTypes.ROLE_BINDINGS, "default", binding);
    }
  }

  private void create(ResourceType type, String namespace, ObjectNode object) {
    objects.creation().create(type, namespace, object, WriteOptions.CONTROL_PLANE);
  }

  private static ObjectNode named(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static void rule(ObjectNode role, List<String> resources, List<String> verbs) {
    ObjectNode rule = Json.arrayAt(role, "rules").addObject();
    rule.putArray("apiGroups").add("");
    resources.forEach(rule.putArray("resources")::add);
    verbs.forEach(rule.putArray("verbs")::add);
  }
}
