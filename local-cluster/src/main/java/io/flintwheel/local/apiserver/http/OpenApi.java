package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.schema.SchemaDocument;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As much of OpenAPI as kubectl asks: that the server checks fields itself, and the fields of each
 * type for {@code kubectl explain}.
 */
final class OpenApi {

  private static final String ROOT = "/openapi/v3";

  private static final String LEGACY = "/openapi/v2";
  private static final String LEGACY_PROTOBUF =
      "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

  /** What is asked for is no media type: its {@code @} may not be there. */
  private static final String LEGACY_TYPE = LEGACY_PROTOBUF.replace('@', '.');

  /** {@code swagger: "2.0"}, the one field that the document must have. */
  private static final byte[] LEGACY_BYTES = {0x0a, 3, '2', '.', '0'};

  private OpenApi() {}

  /**
   * The answer about a path, or null when there is none.
   *
   * @param accept what the client wants
   */
  static @Nullable Answer answer(String path, String accept) {
    if (!path.equals(LEGACY)) {
      ObjectNode document = at(path);
      return document == null ? null : Answer.of(200, document);
    }
    // kubectl asks here about kinds that version 3 does not know. That version 2 does not know them
    // either leads it to its own words for an unknown kind.
    if (accept.contains(LEGACY_PROTOBUF)) {
      return new Answer(200, LEGACY_TYPE, Buffer.buffer(LEGACY_BYTES), List.of());
    }
    ObjectNode document = Json.object().put("swagger", "2.0");
    document.set("info", info());
    document.putObject("paths");
    return Answer.of(200, document);
  }

  private static ObjectNode info() {
    return Json.object().put("title", "Kubernetes").put("version", "v1.35.4");
  }

  private static @Nullable ObjectNode at(String path) {
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
    document.set("info", info());
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
    document
        .putObject("components")
        .set("schemas", SchemaDocument.of(ResourceTypes.of(groupVersion)));
    return document;
  }
}
