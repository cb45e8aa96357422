package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.security.Authentication;
import io.flintwheel.local.apiserver.security.Identity;
import java.util.Optional;

/** Who am I, whose token is this, may I: everyone who is known may do everything here. */
public final class Reviews {

  private final Authentication authentication;

  public Reviews(Authentication authentication) {
    this.authentication = authentication;
  }

  Answer answer(ResourceType type, Identity asking, JsonNode body) {
    ObjectNode review = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    review.putObject("metadata");
    if (body.path("spec").isObject()) {
      review.set("spec", body.get("spec"));
    }
    ObjectNode status = review.putObject("status");
    if (type.equals(ResourceTypes.TOKEN_REVIEWS)) {
      Optional<Identity> known =
          authentication.identifyToken(Json.textOrEmpty(body, "spec", "token"));
      ObjectNode user = status.putObject("user");
      if (known.isPresent()) {
        status.put("authenticated", true);
        describe(user, known.get());
      } else {
        status.put("error", "invalid bearer token");
      }
    } else if (type.equals(ResourceTypes.SELF_SUBJECT_REVIEWS)) {
      describe(status.putObject("userInfo"), asking);
    } else if (type.equals(ResourceTypes.SELF_SUBJECT_RULES_REVIEWS)) {
      everything(status.putArray("resourceRules").addObject(), "apiGroups", "resources");
      everything(status.putArray("nonResourceRules").addObject(), "nonResourceURLs");
      status.put("incomplete", false);
    } else {
      status.put("allowed", true);
    }
    return Answer.of(201, review);
  }

  private static void everything(ObjectNode rule, String... fields) {
    rule.putArray("verbs").add("*");
    for (String field : fields) {
      rule.putArray(field).add("*");
    }
  }

  private static void describe(ObjectNode user, Identity identity) {
    user.put("username", identity.username());
    identity.groups().forEach(user.putArray("groups")::add);
  }
}
