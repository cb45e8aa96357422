package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.Modification.Scope;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.patch.JsonPatch;
import io.flintwheel.local.apiserver.patch.MergePatch;
import io.flintwheel.local.apiserver.patch.StrategicMergePatch;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries out PATCH by the kind of patch that the content type names. */
public final class Patches {

  private static final String ACCEPTED =
      "application/json-patch+json, application/merge-patch+json,"
          + " application/strategic-merge-patch+json, application/apply-patch+yaml,"
          + " application/apply-patch+cbor";

  /**
   * What a patch came to.
   *
   * @param created true when a server-side apply made the object
   */
  record Patched(StoredObject object, boolean created) {}

  private final Objects objects;

  public Patches(Objects objects) {
    this.objects = objects;
  }

  Patched apply(ApiRequest call, @Nullable String contentType, byte[] body) {
    RequestTarget target = call.target();
    ResourceType type = target.type();
    String name = target.name();
    if (name == null) {
      throw ApiFailure.methodNotAllowed();
    }
    String kind =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!ACCEPTED.contains(kind) || kind.isEmpty() || kind.endsWith("cbor")) {
      throw ApiFailure.unsupportedMediaType(ACCEPTED);
    }
    Scope scope = new Scope(target.subresource() != null, false, call.dryRun());
    JsonNode patch =
        Bodies.read(kind.endsWith("yaml") ? "application/yaml" : "application/json", body);
    StoredObject current = objects.require(type, target.keyNamespace(), name);
    StoredObject patched =
        objects.modification().modify(current, scope, tree -> merged(kind, type, tree, patch));
    return new Patched(patched, false);
  }

  private static ObjectNode merged(
      String kind, ResourceType type, ObjectNode tree, JsonNode patch) {
    JsonNode result =
        switch (kind) {
          case "application/json-patch+json" -> JsonPatch.apply(tree, patch);
          case "application/merge-patch+json" -> MergePatch.apply(tree, patch);
          default ->
              patch instanceof ObjectNode object
                  ? StrategicMergePatch.apply(type.kind(), tree, object)
                  : patch;
        };
    if (!(result instanceof ObjectNode object)) {
      throw ApiFailure.badRequest("the patch does not leave an object");
    }
    return object;
  }
}
