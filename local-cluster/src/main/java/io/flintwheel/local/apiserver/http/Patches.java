package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.Modification.Scope;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.Timestamps;
import io.flintwheel.local.apiserver.patch.JsonPatch;
import io.flintwheel.local.apiserver.patch.MergePatch;
import io.flintwheel.local.apiserver.patch.ServerSideApply;
import io.flintwheel.local.apiserver.patch.StrategicMergePatch;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries out PATCH by the kind of patch that the content type names. */
public final class Patches {

  private static final String APPLY = "application/apply-patch+yaml";
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
  private final Clock clock;

  public Patches(Objects objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
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
    JsonNode patch = Bodies.read(kind.endsWith("yaml") ? "application/yaml" : "json", body);
    if (kind.equals(APPLY)) {
      return serverSide(call, call.checked(Bodies.object(target, patch)), name);
    }
    StoredObject current = objects.require(type, target.keyNamespace(), name);
    StoredObject patched =
        objects
            .modification()
            .modify(
                current,
                call.scope(false, false),
                tree -> call.checked(merged(kind, type, tree, patch)));
    return new Patched(patched, false);
  }

  private Patched serverSide(ApiRequest call, ObjectNode wanted, String name) {
    RequestTarget target = call.target();
    ResourceType type = target.type();
    if (call.query().getOrDefault("fieldManager", "").isEmpty()) {
      throw ApiFailure.unprocessable(
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    StoredObject current = objects.store().get(type, target.keyNamespace(), name);
    if (current == null && target.subresource() == null) {
      Json.objectAt(wanted, "metadata").put("name", name);
      StoredObject created =
          objects.creation().create(type, target.keyNamespace(), wanted, call.writeOptions(true));
      return new Patched(created, true);
    }
    Scope scope = call.scope(false, true);
    String now = Timestamps.now(clock);
    StoredObject applied =
        objects
            .modification()
            .modify(
                objects.require(type, target.keyNamespace(), name),
                scope,
                live ->
                    ServerSideApply.apply(live, wanted, scope.writer(), call.flag("force"), now));
    return new Patched(applied, false);
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
