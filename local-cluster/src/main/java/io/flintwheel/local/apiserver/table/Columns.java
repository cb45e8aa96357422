package io.flintwheel.local.apiserver.table;

import static io.flintwheel.local.apiserver.table.PodColumns.orNone;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The columns of each type's table. */
final class Columns {

  private static final Column NAME = Column.name(object -> text(object, "metadata", "name"));

  private final Column age;
  private final Column lastSeen;
  private final Map<ResourceType, List<Column>> byType;

  Columns(Clock clock) {
    age =
        Column.text(
            "Age",
            object -> Ages.since(text(object, "metadata", "creationTimestamp"), clock.instant()));
    lastSeen = Column.text("Last Seen", event -> Ages.since(lastSeen(event), clock.instant()));
    byType =
        Map.ofEntries(
            Map.entry(ResourceTypes.PODS, pods(clock)),
            Map.entry(ResourceTypes.NODES, nodes()),
            Map.entry(ResourceTypes.SERVICES, services()),
            Map.entry(ResourceTypes.CONFIG_MAPS, List.of(NAME, data(), age)),
            Map.entry(
                ResourceTypes.SECRETS,
                List.of(NAME, Column.text("Type", secret -> text(secret, "type")), data(), age)),
            Map.entry(
                ResourceTypes.NAMESPACES,
                List.of(NAME, Column.text("Status", ns -> text(ns, "status", "phase")), age)),
            Map.entry(ResourceTypes.EVENTS, events()),
            Map.entry(
                ResourceTypes.LEASES,
                List.of(
                    NAME,
                    Column.text("Holder", lease -> text(lease, "spec", "holderIdentity")),
                    age)),
            Map.entry(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, claims()),
            Map.entry(ResourceTypes.ROLES, List.of(NAME, createdAt())),
            Map.entry(ResourceTypes.CLUSTER_ROLES, List.of(NAME, createdAt())),
            Map.entry(ResourceTypes.ROLE_BINDINGS, bindings()),
            Map.entry(ResourceTypes.CLUSTER_ROLE_BINDINGS, bindings()));
  }

  List<Column> of(ResourceType type) {
    return byType.getOrDefault(type, List.of(NAME, age));
  }

  private List<Column> pods(Clock clock) {
    return List.of(
        NAME,
        Column.text("Ready", PodColumns::ready),
        Column.text("Status", PodColumns::status),
        Column.text("Restarts", pod -> PodColumns.restarts(pod, clock.instant())),
        age,
        Column.wide("IP", pod -> orNone(pod, "status", "podIP")),
        Column.wide("Node", pod -> orNone(pod, "spec", "nodeName")),
        Column.wide("Nominated Node", pod -> orNone(pod, "status", "nominatedNodeName")),
        Column.wide("Readiness Gates", pod -> "<none>"));
  }

  private List<Column> nodes() {
    return List.of(
        NAME,
        Column.text("Status", Columns::nodeStatus),
        Column.text("Roles", node -> "<none>"),
        age,
        Column.text("Version", node -> text(node, "status", "nodeInfo", "kubeletVersion")),
        Column.wide("Internal-IP", node -> address(node)),
        Column.wide("External-IP", node -> "<none>"),
        Column.wide("OS-Image", node -> text(node, "status", "nodeInfo", "osImage")),
        Column.wide("Kernel-Version", node -> text(node, "status", "nodeInfo", "kernelVersion")),
        Column.wide(
            "Container-Runtime",
            node -> text(node, "status", "nodeInfo", "containerRuntimeVersion")));
  }

  private List<Column> services() {
    return List.of(
        NAME,
        Column.text("Type", service -> text(service, "spec", "type")),
        Column.text("Cluster-IP", service -> orNone(service, "spec", "clusterIP")),
        Column.text("External-IP", service -> "<none>"),
        Column.text("Port(s)", Columns::ports),
        age,
        Column.wide("Selector", service -> pairs(service.path("spec").path("selector"))));
  }

  private List<Column> events() {
    return List.of(
        lastSeen,
        Column.text("Type", event -> text(event, "type")),
        Column.text("Reason", event -> text(event, "reason")),
        Column.text(
            "Object",
            event ->
                text(event, "involvedObject", "kind").toLowerCase(java.util.Locale.ROOT)
                    + "/"
                    + text(event, "involvedObject", "name")),
        Column.wide("Subobject", event -> text(event, "involvedObject", "fieldPath")),
        Column.wide("Source", event -> text(event, "source", "component")),
        Column.text("Message", event -> text(event, "message").strip()),
        Column.wide("Count", event -> text(event, "count")),
        new Column("Name", "string", "name", true, event -> text(event, "metadata", "name")));
  }

  private List<Column> claims() {
    return List.of(
        NAME,
        Column.text("Status", claim -> text(claim, "status", "phase")),
        Column.text("Volume", claim -> text(claim, "spec", "volumeName")),
        Column.text("Capacity", claim -> text(claim, "status", "capacity", "storage")),
        Column.text("Access Modes", claim -> ""),
        Column.text("StorageClass", claim -> text(claim, "spec", "storageClassName")),
        age);
  }

  private List<Column> bindings() {
    Function<JsonNode, Object> role =
        binding -> text(binding, "roleRef", "kind") + "/" + text(binding, "roleRef", "name");
    return List.of(
        NAME,
        Column.text("Role", role),
        age,
        Column.wide("Users", binding -> subjects(binding, "User")),
        Column.wide("Groups", binding -> subjects(binding, "Group")),
        Column.wide("ServiceAccounts", binding -> subjects(binding, "ServiceAccount")));
  }

  private static String subjects(JsonNode binding, String kind) {
    List<String> names = new ArrayList<>();
    for (JsonNode subject : binding.path("subjects")) {
      if (kind.equals(text(subject, "kind"))) {
        String namespace = text(subject, "namespace");
        names.add((namespace.isEmpty() ? "" : namespace + "/") + text(subject, "name"));
      }
    }
    return String.join(", ", names);
  }

  private static Column data() {
    return Column.text(
        "Data", object -> object.path("data").size() + object.path("binaryData").size());
  }

  private static Column createdAt() {
    return Column.text("Created At", role -> text(role, "metadata", "creationTimestamp"));
  }

  private static String lastSeen(JsonNode event) {
    for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
      String time = text(event, field);
      if (!time.isEmpty()) {
        return time;
      }
    }
    return text(event, "metadata", "creationTimestamp");
  }

  private static String nodeStatus(JsonNode node) {
    String status = "Unknown";
    for (JsonNode condition : node.path("status").path("conditions")) {
      if ("Ready".equals(text(condition, "type"))) {
        status = "True".equals(text(condition, "status")) ? "Ready" : "NotReady";
      }
    }
    return node.path("spec").path("unschedulable").asBoolean()
        ? status + ",SchedulingDisabled"
        : status;
  }

  private static String address(JsonNode node) {
    for (JsonNode address : node.path("status").path("addresses")) {
      if ("InternalIP".equals(text(address, "type"))) {
        return text(address, "address");
      }
    }
    return "<none>";
  }

  private static String ports(JsonNode service) {
    List<String> shown = new ArrayList<>();
    for (JsonNode port : service.path("spec").path("ports")) {
      String node = text(port, "nodePort");
      shown.add(
          text(port, "port") + (node.isEmpty() ? "" : ":" + node) + "/" + text(port, "protocol"));
    }
    return shown.isEmpty() ? "<none>" : String.join(",", shown);
  }

  private static String pairs(JsonNode map) {
    List<String> pairs = new ArrayList<>();
    map.properties().forEach(e -> pairs.add(e.getKey() + "=" + e.getValue().asText()));
    return pairs.isEmpty() ? "<none>" : String.join(",", pairs);
  }

  private static String text(JsonNode object, String... path) {
    return Json.textOrEmpty(object, path);
  }
}
