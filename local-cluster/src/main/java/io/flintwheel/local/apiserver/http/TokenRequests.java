package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.Timestamps;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.security.ServiceAccountTokens;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues tokens for service accounts. */
public final class TokenRequests {

  private static final long DEFAULT_SECONDS = 3600;
  private static final long LEAST_SECONDS = 600;

  private static final ResourceType TOKEN_REQUEST =
      new ResourceType(
          "authentication.k8s.io",
          "v1",
          "tokenrequests",
          "TokenRequest",
          true,
          List.of(),
          List.of(),
          Set.of(),
          Set.of());

  private final Objects objects;
  private final ServiceAccountTokens tokens;
  private final Clock clock;

  public TokenRequests(Objects objects, ServiceAccountTokens tokens, Clock clock) {
    this.objects = objects;
    this.tokens = tokens;
    this.clock = clock;
  }

  Answer answer(StoredObject account, JsonNode body) {
    JsonNode spec = body.path("spec");
    long seconds = spec.path("expirationSeconds").asLong(DEFAULT_SECONDS);
    if (seconds < LEAST_SECONDS) {
      throw ApiFailure.invalid(
          TOKEN_REQUEST,
          "",
          List.of(
              FieldError.invalid(
                  "spec.expirationSeconds",
                  seconds,
                  "may not specify a duration less than 10 minutes")));
    }
    List<String> audiences = new ArrayList<>();
    spec.path("audiences").forEach(audience -> audiences.add(audience.asText()));
    if (audiences.isEmpty()) {
      audiences.add(ServiceAccountTokens.AUDIENCE);
    }
    StoredObject bound = bound(account, spec.path("boundObjectRef"));
    String token = tokens.issue(account, audiences, Duration.ofSeconds(seconds), bound);
    ObjectNode answer = Json.object();
    answer.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
    answer
        .putObject("metadata")
        .put("name", account.key().name())
        .put("namespace", account.key().namespace())
        .put("creationTimestamp", Timestamps.now(clock));
    ObjectNode granted = answer.putObject("spec").put("expirationSeconds", seconds);
    audiences.forEach(granted.putArray("audiences")::add);
    granted.set(
        "boundObjectRef", bound == null ? Json.object().nullNode() : spec.get("boundObjectRef"));
    answer
        .putObject("status")
        .put("token", token)
        .put("expirationTimestamp", Timestamps.of(clock.instant().plusSeconds(seconds)));
    return Answer.of(201, answer);
  }

  private @Nullable StoredObject bound(StoredObject account, JsonNode reference) {
    if (!reference.isObject()) {
      return null;
    }
    ResourceType type =
        ResourceTypes.ofKind(Json.text(reference, "apiVersion"), Json.text(reference, "kind"))
            .filter(
                found ->
                    Set.of(ResourceTypes.PODS, ResourceTypes.SECRETS, ResourceTypes.NODES)
                        .contains(found))
            .orElseThrow(
                () ->
                    ApiFailure.badRequest(
                        "cannot bind token for serviceaccount \""
                            + account.key().name()
                            + "\" to object of type "
                            + Json.textOrEmpty(reference, "kind")));
    StoredObject found =
        objects.require(
            type,
            type.namespaced() ? account.key().namespace() : "",
            Json.textOrEmpty(reference, "name"));
    String uid = Json.textOrEmpty(reference, "uid");
    if (!uid.isEmpty() && !uid.equals(found.uid())) {
      throw ApiFailure.conflict(
          type,
          found.key().name(),
          "the UID in the bound object reference ("
              + uid
              + ") does not match the UID in record. The object might have been deleted and then"
              + " recreated");
    }
    return found;
  }
}
