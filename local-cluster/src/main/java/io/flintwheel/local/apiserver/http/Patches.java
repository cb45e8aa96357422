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
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries out PATCH by the kind of patch that the content type names. */
public final class Patches {

  private static final String APPLY = "application/apply-patch+yaml";
  private static final List<String> KNOWN =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          APPLY);

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
    if (!KNOWN.contains(kind)) {
      throw ApiFailure.unsupportedMediaType(String.join(", ", KNOWN));
    }
    OptionsCheck.checkWrite(call, Json.object(), kind.equals(APPLY));
    JsonNode patch =
        Bodies.read(kind.equals(APPLY) ? "application/yaml" : "application/json", body);
    if (kind.equals(APPLY)) {
      return serverSide(call, call.checked(Bodies.object(target, patch), List.of()), name);
    }
    StoredObject current = objects.require(type, target.keyNamespace(), name);
    List<String> repeated = RepeatedFields.of(body);
    StoredObject patched =
        objects
            .modification()
            .modify(
                current,
                call.scope(false, false),
                tree -> checked(call, merged(kind, type, tree, patch), repeated));
    return new Patched(patched, false);
  }

  private Patched serverSide(ApiRequest call, ObjectNode wanted, String name) {
    RequestTarget target = call.target();
    ResourceType type = target.type();
    if (!wanted.has("apiVersion") || !wanted.has("kind")) {
      throw ApiFailure.badRequest("invalid object type: apiVersion and kind must be set");
    }
    if (wanted.path("metadata").has("managedFields")) {
      throw ApiFailure.badRequest("metadata.managedFields must be nil");
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

  /** What is wrong after a patch is the patch's fault. */
  private static ObjectNode checked(ApiRequest call, ObjectNode patched, List<String> repeated) {
    try {
      return call.checked(Bodies.object(call.target(), patched), repeated);
    } catch (ApiFailure e) {
      throw ApiFailure.invalid(
          "",
          "",
          List.of(FieldError.invalid("patch", patched.toString(), String.valueOf(e.getMessage()))));
    }
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
