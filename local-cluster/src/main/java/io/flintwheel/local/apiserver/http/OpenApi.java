package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import org.jspecify.annotations.Nullable;

/**
 * As much of OpenAPI v3 as kubectl asks before it sends an object: that the server checks fields
 * itself.
 */
final class OpenApi {

  private static final String ROOT = "/openapi/v3";

  private OpenApi() {}

  /** The document at a path, or null when there is none. */
  static @Nullable ObjectNode at(String path) {
    if (path.equals(ROOT)) {
      return index();
    }
    if (path.equals(ROOT + "/api/v1")) {
      return document("v1");
    }
    if (path.startsWith(ROOT + "/apis/")) {
      String groupVersion = path.substring((ROOT + "/apis/").length());
      return ResourceTypes.groupVersions().contains(groupVersion) ? document(groupVersion) : null;
    }
    return null;
  }

  private static ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    paths.putObject("api/v1").put("serverRelativeURL", ROOT + "/api/v1");
    for (String groupVersion : ResourceTypes.groupVersions()) {
      paths
          .putObject("apis/" + groupVersion)
          .put("serverRelativeURL", ROOT + "/apis/" + groupVersion);
    }
    return index;
  }

  private static ObjectNode document(String groupVersion) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.35.4");
    ObjectNode paths = document.putObject("paths");
    String root = groupVersion.equals("v1") ? "/api/v1/" : "/apis/" + groupVersion + "/";
    for (ResourceType type : ResourceTypes.of(groupVersion)) {
      String path =
          root + (type.namespaced() ? "namespaces/{namespace}/" : "") + type.plural() + "/{name}";
      ObjectNode patch = paths.putObject(path).putObject("patch");
      for (String parameter : new String[] {"dryRun", "fieldManager", "fieldValidation", "force"}) {
        ObjectNode described =
            Json.arrayAt(patch, "parameters").addObject().put("name", parameter).put("in", "query");
        described.putObject("schema").put("type", parameter.equals("force") ? "boolean" : "string");
      }
      patch.putObject("responses").putObject("200").put("description", "OK");
      patch
          .putObject("x-kubernetes-group-version-kind")
          .put("group", type.group())
          .put("kind", type.kind())
          .put("version", type.version());
    }
    return document;
  }
}
