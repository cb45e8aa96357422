package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.DeleteOptions;
import io.flintwheel.local.apiserver.object.Deletion;
import io.flintwheel.local.apiserver.object.Modification.Scope;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceType.Trait;
import io.flintwheel.local.apiserver.selector.Selection;
import io.flintwheel.local.apiserver.store.StoredObject;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** Answers requests on objects and collections. */
public final class ResourceRequests {

  private final Objects objects;
  private final Pages pages;
  private final Patches patches;
  private final Subresources subresources;
  private final Representations representations;

  public ResourceRequests(
      Objects objects,
      Patches patches,
      Subresources subresources,
      Representations representations) {
    this.objects = objects;
    this.pages = new Pages(objects.store());
    this.patches = patches;
    this.subresources = subresources;
    this.representations = representations;
  }

  Answer answer(ApiRequest call, byte[] bytes) {
    Representations.requireKnown(call.accept());
    RequestTarget target = call.target();
    String contentType = call.http().getHeader(HttpHeaders.CONTENT_TYPE);
    JsonNode body = call.verb() == Verb.PATCH ? Json.object() : Bodies.read(contentType, bytes);
    String subresource = target.subresource();
    if (target.type().has(Trait.REVIEW) || (subresource != null && !subresource.equals("status"))) {
      return subresources.answer(call, body);
    }
    if (subresource != null && !target.type().hasStatus()) {
      throw ApiFailure.noSuchPath();
    }
    if (call.verb() == Verb.LIST || call.verb() == Verb.GET) {
      OptionsCheck.checkList(call, objects.store().revision());
    } else if (call.verb() != Verb.PATCH) {
      OptionsCheck.checkWrite(call, body, false);
    }
    return switch (call.verb()) {
      case GET -> representations.one(call, 200, existing(target));
      case LIST -> list(call);
      case CREATE -> create(call, body, RepeatedFields.of(bytes));
      case UPDATE -> update(call, body, RepeatedFields.of(bytes));
      case PATCH -> patched(call, patches.apply(call, contentType, bytes));
      case DELETE -> delete(call, body);
      case DELETECOLLECTION -> deleteAll(call, body);
      case WATCH, NONE -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Answer list(ApiRequest call) {
    Pages.Page page =
        pages.list(
            call.selection(),
            (int) Math.min(Integer.MAX_VALUE, call.number("limit")),
            call.query("continue"));
    return representations.list(call, page);
  }

  private Answer create(ApiRequest call, JsonNode body, List<String> repeated) {
    RequestTarget target = call.target();
    ResourceType type = target.type();
    if (target.name() != null || (type.namespaced() && target.namespace() == null)) {
      throw ApiFailure.methodNotAllowed();
    }
    StoredObject created =
        objects
            .creation()
            .create(
                type,
                target.keyNamespace(),
                call.checked(Bodies.object(target, body), repeated),
                call.writeOptions(false));
    return representations.one(call, 201, created);
  }

  private Answer update(ApiRequest call, JsonNode body, List<String> repeated) {
    RequestTarget target = call.target();
    ResourceType type = target.type();
    String name = name(target);
    ObjectNode wanted = call.checked(Bodies.object(target, body), repeated);
    String named = Json.textOrEmpty(wanted, "metadata", "name");
    if (!named.isEmpty() && !named.equals(name)) {
      throw ApiFailure.otherName(named, name);
    }
    boolean status = target.subresource() != null;
    boolean exists = objects.store().get(type, target.keyNamespace(), name) != null;
    if (!exists && type.has(Trait.CREATE_ON_UPDATE) && !status) {
      StoredObject created =
          objects.creation().create(type, target.keyNamespace(), wanted, call.writeOptions(false));
      return representations.one(call, 201, created);
    }
    Scope scope = call.scope(type.has(Trait.VERSIONED_UPDATE), false);
    StoredObject updated = objects.modification().modify(existing(target), scope, unused -> wanted);
    return representations.one(call, 200, updated);
  }

  private Answer patched(ApiRequest call, Patches.Patched patched) {
    return representations.one(call, patched.created() ? 201 : 200, patched.object());
  }

  private Answer delete(ApiRequest call, JsonNode body) {
    DeleteOptions options = DeleteOptions.of(body, call.query());
    StoredObject object = existing(call.target());
    Deletion.Result result = objects.deletion().delete(object, options);
    if (!result.gone() || object.type().has(Trait.RETURNS_DELETED)) {
      return representations.one(call, 200, result.object());
    }
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", object.key().name());
    if (!object.type().group().isEmpty()) {
      details.put("group", object.type().group());
    }
    details.put("kind", object.type().plural()).put("uid", object.uid());
    return Answer.of(200, status);
  }

  private Answer deleteAll(ApiRequest call, JsonNode body) {
    Selection selection = call.selection();
    DeleteOptions options = DeleteOptions.of(body, call.query());
    List<StoredObject> deleted = new ArrayList<>();
    for (StoredObject object :
        List.copyOf(objects.store().list(selection.type(), selection.namespace()))) {
      if (selection.matches(object)) {
        objects.deletion().delete(object, options);
        deleted.add(object);
      }
    }
    return representations.list(call, new Pages.Page(deleted, objects.store().revision(), null, 0));
  }

  private StoredObject existing(RequestTarget target) {
    return objects.require(target.type(), target.keyNamespace(), name(target));
  }

  private static String name(RequestTarget target) {
    String name = target.name();
    if (name == null) {
      throw ApiFailure.methodNotAllowed();
    }
    return name;
  }
}
