package io.flintwheel.local.apiserver.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of service accounts: JSON web tokens as clients expect them, good until they expire or the
 * account or the pod they are bound to is gone.
 */
public final class ServiceAccountTokens {

  public static final String AUDIENCE = "https://kubernetes.default.svc.cluster.local";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private record Issued(Identity identity, Instant expires, List<String> boundUids) {}

  private final Map<String, Issued> issued = new HashMap<>();
  private final SecretKeySpec key;
  private final ObjectStore store;
  private final Clock clock;

  public ServiceAccountTokens(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /**
   * A new token of an account.
   *
   * @param bound the object whose end ends the token, beside the account itself
   */
  public String issue(
      StoredObject account,
      List<String> audiences,
      Duration validity,
      @Nullable StoredObject bound) {
    Instant now = clock.instant();
    Instant expires = now.plus(validity);
    String namespace = account.key().namespace();
    Identity identity = Identity.serviceAccount(namespace, account.key().name());
    ObjectNode claims = Json.object();
    audiences.forEach(claims.putArray("aud")::add);
    claims.put("exp", expires.getEpochSecond()).put("iat", now.getEpochSecond());
    claims.put("iss", AUDIENCE).put("jti", UUID.randomUUID().toString());
    ObjectNode kubernetes = claims.putObject("kubernetes.io").put("namespace", namespace);
    List<String> uids = new ArrayList<>();
    uids.add(account.uid());
    if (bound != null) {
      kubernetes
          .putObject(bound.type().singular())
          .put("name", bound.key().name())
          .put("uid", bound.uid());
      uids.add(bound.uid());
    }
    kubernetes
        .putObject("serviceaccount")
        .put("name", account.key().name())
        .put("uid", account.uid());
    claims.put("nbf", now.getEpochSecond()).put("sub", identity.username());
    String token = signed(claims);
    issued.values().removeIf(old -> old.expires().isBefore(now));
    issued.put(token, new Issued(identity, expires, uids));
    return token;
  }

  public Optional<Identity> identify(String token) {
    Issued known = issued.get(token);
    if (known == null
        || known.expires().isBefore(clock.instant())
        || known.boundUids().stream().anyMatch(uid -> store.findByUid(uid).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(known.identity());
  }

  private String signed(ObjectNode claims) {
    String header = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    String content = header + "." + encoded(Json.bytes(claims));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return content + "." + encoded(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }
}
