package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server serves, told the way clients ask for it. */
final class Discovery {

  /** The Kubernetes whose behaviour the server follows. */
  private static final String VERSION = "v1.35.4";

  private Discovery() {}

  /** The document at a path, or null when the path is none of discovery's. */
  static @Nullable ObjectNode at(String path) {
    return switch (path) {
      case "/version" -> version();
      case "/api" -> coreVersions();
      case "/apis" -> groups();
      case "/api/v1" -> resources("v1");
      default -> path.startsWith("/apis/") ? group(path.substring("/apis/".length())) : null;
    };
  }

  private static @Nullable ObjectNode group(String name) {
    for (String groupVersion : ResourceTypes.groupVersions()) {
      if (groupVersion.equals(name)) {
        return resources(groupVersion);
      }
      if (groupVersion.startsWith(name + "/")) {
        ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        return group.setAll(describe(groupVersion));
      }
    }
    return null;
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "35")
        .put("gitVersion", VERSION)
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "gc")
        .put("platform", "linux/amd64");
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private static ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    ResourceTypes.groupVersions().forEach(version -> groups.add(describe(version)));
    return list;
  }

  private static ObjectNode describe(String groupVersion) {
    int slash = groupVersion.indexOf('/');
    ObjectNode group = Json.object().put("name", groupVersion.substring(0, slash));
    group.putArray("versions").add(versionOf(groupVersion));
    group.set("preferredVersion", versionOf(groupVersion));
    return group;
  }

  private static ObjectNode versionOf(String groupVersion) {
    return Json.object()
        .put("groupVersion", groupVersion)
        .put("version", groupVersion.substring(groupVersion.indexOf('/') + 1));
  }

  private static ObjectNode resources(String groupVersion) {
    ObjectNode list = Json.object().put("kind", "APIResourceList");
    if (!groupVersion.equals("v1")) {
      list.put("apiVersion", "v1");
    }
    list.put("groupVersion", groupVersion);
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : ResourceTypes.of(groupVersion)) {
      resources.add(resource(type));
      type.subresources().stream().sorted().forEach(sub -> resources.add(subresource(type, sub)));
    }
    return list;
  }

  private static ObjectNode resource(ResourceType type) {
    ObjectNode resource =
        Json.object()
            .put("name", type.plural())
            .put("singularName", type.singular())
            .put("namespaced", type.namespaced())
            .put("kind", type.kind());
    type.verbs().forEach(resource.putArray("verbs")::add);
    if (!type.shortNames().isEmpty()) {
      type.shortNames().forEach(resource.putArray("shortNames")::add);
    }
    if (!type.categories().isEmpty()) {
      type.categories().forEach(resource.putArray("categories")::add);
    }
    return resource;
  }

  private static ObjectNode subresource(ResourceType type, String name) {
    ObjectNode resource =
        Json.object()
            .put("name", type.plural() + "/" + name)
            .put("singularName", "")
            .put("namespaced", type.namespaced());
    switch (name) {
      case "eviction" ->
          resource.put("group", "policy").put("version", "v1").put("kind", "Eviction");
      case "binding" -> resource.put("kind", "Binding");
      case "token" ->
          resource
              .put("group", "authentication.k8s.io")
              .put("version", "v1")
              .put("kind", "TokenRequest");
      default -> resource.put("kind", type.kind());
    }
    List<String> verbs =
        switch (name) {
          case "log" -> List.of("get");
          case "binding", "eviction", "token" -> List.of("create");
          default -> List.of("get", "patch", "update");
        };
    verbs.forEach(resource.putArray("verbs")::add);
    return resource;
  }
}
