package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What clients send, as trees. */
final class Bodies {

  private static final String ACCEPTED =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  private static final YAMLMapper YAML = new YAMLMapper();

  private Bodies() {}

  /** The body as a tree; a missing node when it is empty. */
  static JsonNode read(@Nullable String contentType, byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (type.contains("protobuf")) {
      return Protobuf.read(body, ACCEPTED);
    }
    if (type.contains("cbor")) {
      throw ApiFailure.unsupportedMediaType(ACCEPTED);
    }
    if (!type.isEmpty() && !type.contains("json") && !type.contains("yaml")) {
      throw ApiFailure.unsupportedMediaType(ACCEPTED);
    }
    try {
      return type.contains("yaml") ? YAML.readTree(body) : Json.parse(body);
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage());
    } catch (IOException | RuntimeException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static ApiFailure unreadable(String why) {
    return ApiFailure.badRequest("the body of the request could not be read: " + why);
  }

  /** The body as an object of a type, whose apiVersion and kind, when given, must be the type's. */
  static ObjectNode object(RequestTarget target, JsonNode body) {
    return target.eventView()
        ? EventView.toCore(typed(ResourceTypes.EVENTS_V1, body))
        : typed(target.type(), body);
  }

  private static ObjectNode typed(ResourceType type, JsonNode body) {
    if (!(body instanceof ObjectNode object)) {
      throw ApiFailure.badRequest(
          "the body of the request must be a JSON object of kind " + type.kind());
    }
    String version = Json.textOrEmpty(object, "apiVersion");
    String kind = Json.textOrEmpty(object, "kind");
    if ((!version.isEmpty() && !version.equals(type.apiVersion()))
        || (!kind.isEmpty() && !kind.equals(type.kind()))) {
      throw ApiFailure.badRequest(
          kind
              + " in version \""
              + version
              + "\" cannot be handled as a "
              + type.kind()
              + ": no kind \""
              + kind
              + "\" is registered for version \""
              + version
              + "\"");
    }
    return object;
  }
}
