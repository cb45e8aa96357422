package io.flintwheel.local.apiserver.patch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;

/** RFC 6902. A failing operation, a test included, is a 422 as on the real server. */
public final class JsonPatch {

  private JsonPatch() {}

  /**
   * The target after the patch; the given tree is not changed.
   *
   * @throws ApiFailure 422 when an operation fails, 400 when the patch cannot be read
   */
  public static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ArrayNode operations)) {
      throw ApiFailure.badRequest(
          "error decoding patch: json: cannot unmarshal object into Go value of type"
              + " jsonpatch.Patch");
    }
    JsonNode result = target.deepCopy();
    for (JsonNode operation : operations) {
      result = step(result, operation);
    }
    return result;
  }

  private static JsonNode step(JsonNode target, JsonNode operation) {
    String name = Json.textOrEmpty(operation, "op");
    String path = Json.textOrEmpty(operation, "path");
    JsonNode value = operation.path("value");
    return switch (name) {
      case "add" -> add(target, path, value);
      case "remove" -> remove(target, path);
      case "replace" -> {
        existing(target, path, name);
        yield path.isEmpty() ? value.deepCopy() : add(withoutElement(target, path), path, value);
      }
      case "move" -> {
        String moved = Json.textOrEmpty(operation, "from");
        JsonNode source = existing(target, moved, name).deepCopy();
        yield add(remove(target, moved), path, source);
      }
      case "copy" ->
          add(target, path, existing(target, Json.textOrEmpty(operation, "from"), name).deepCopy());
      case "test" -> {
        if (!target.at(pointer(path)).equals(value)) {
          throw failed("testing value " + path + " failed: test failed");
        }
        yield target;
      }
      default -> throw failed("Unexpected kind: " + name);
    };
  }

  private static JsonNode existing(JsonNode target, String path, String operation) {
    JsonNode found = target.at(pointer(path));
    if (found.isMissingNode()) {
      throw failed(
          operation
              + " operation does not apply: doc is missing path: "
              + path
              + ": missing value");
    }
    return found;
  }

  /** For replacing inside a list: an element is taken out before the new one is put in. */
  private static JsonNode withoutElement(JsonNode target, String path) {
    return target.at(pointer(path).head()).isArray() ? remove(target, path) : target;
  }

  private static JsonNode add(JsonNode target, String path, JsonNode value) {
    if (path.isEmpty()) {
      return value.deepCopy();
    }
    JsonPointer pointer = pointer(path);
    JsonNode parent = target.at(pointer.head());
    String last = pointer.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      object.set(last, value.deepCopy());
    } else if (parent instanceof ArrayNode array) {
      int index = last.equals("-") ? array.size() : pointer.last().getMatchingIndex();
      if (index < 0 || index > array.size()) {
        throw failed(
            "add operation does not apply: doc is missing path: \"" + path + "\": invalid index");
      }
      array.insert(index, value.deepCopy());
    } else {
      throw failed(
          "add operation does not apply: doc is missing path: \"" + path + "\": missing value");
    }
    return target;
  }

  private static JsonNode remove(JsonNode target, String path) {
    existing(target, path, "remove");
    JsonPointer pointer = pointer(path);
    JsonNode parent = target.at(pointer.head());
    if (parent instanceof ObjectNode object) {
      object.remove(pointer.last().getMatchingProperty());
    } else if (parent instanceof ArrayNode array) {
      array.remove(pointer.last().getMatchingIndex());
    }
    return target;
  }

  private static JsonPointer pointer(String path) {
    try {
      return JsonPointer.compile(path);
    } catch (IllegalArgumentException e) {
      throw failed("invalid path: " + path);
    }
  }

  private static ApiFailure failed(String why) {
    return ApiFailure.unprocessable(
        "the server rejected our request due to an error in our request: " + why);
  }
}
