package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.DeleteOptions;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.PodBinding;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.List;

/** What lies below an object beside its status, and the types that only answer questions. */
public final class Subresources {

  private static final List<String> KNOWN = List.of("binding", "eviction", "token", "finalize");

  /** What leads into a container of a real cluster. */
  private static final List<String> INTO_CONTAINERS =
      List.of("exec", "attach", "portforward", "proxy", "ephemeralcontainers");

  private final Objects objects;
  private final PodBinding binding;
  private final TokenRequests tokens;
  private final Reviews reviews;

  public Subresources(Objects objects, PodBinding binding, TokenRequests tokens, Reviews reviews) {
    this.objects = objects;
    this.binding = binding;
    this.tokens = tokens;
    this.reviews = reviews;
  }

  Answer answer(ApiRequest call, JsonNode body) {
    RequestTarget target = call.target();
    ResourceType type = target.type();
    String name = target.name();
    String subresource = target.subresource();
    if (type.equals(ResourceTypes.PODS)
        && name != null
        && subresource != null
        && INTO_CONTAINERS.contains(subresource)) {
      objects.require(type, target.keyNamespace(), name);
      throw ApiFailure.methodNotAllowed(
          "this local cluster has no "
              + subresource
              + ": its pods are processes of this machine, at the address that `kubectl get pod -o"
              + " wide` shows; `kubectl logs` reads what they print");
    }
    if (subresource != null && !KNOWN.contains(subresource)) {
      throw ApiFailure.noSuchPath();
    }
    if (call.verb() != Verb.CREATE && !"finalize".equals(subresource)) {
      throw ApiFailure.methodNotAllowed();
    }
    if (type.equals(ResourceTypes.BINDINGS)) {
      return bind(target.keyNamespace(), Json.textOrEmpty(body, "metadata", "name"), body);
    }
    if (name == null) {
      return reviews.answer(type, call.identity(), body);
    }
    if (type.equals(ResourceTypes.PODS) && "binding".equals(subresource)) {
      return bind(target.keyNamespace(), name, body);
    }
    if (type.equals(ResourceTypes.PODS) && "eviction".equals(subresource)) {
      StoredObject pod = objects.require(type, target.keyNamespace(), name);
      objects.deletion().delete(pod, DeleteOptions.of(body.path("deleteOptions"), call.query()));
      return Answer.of(201, success(201));
    }
    if (type.equals(ResourceTypes.SERVICE_ACCOUNTS) && "token".equals(subresource)) {
      StoredObject account = objects.require(type, target.keyNamespace(), name);
      return tokens.answer(account, body);
    }
    throw ApiFailure.noSuchPath();
  }

  private Answer bind(String namespace, String pod, JsonNode body) {
    StoredObject found = objects.require(ResourceTypes.PODS, namespace, pod);
    binding.bind(found, Json.textOrEmpty(body, "target", "name"));
    return Answer.of(201, success(201));
  }

  private static ObjectNode success(int code) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", code);
  }
}
