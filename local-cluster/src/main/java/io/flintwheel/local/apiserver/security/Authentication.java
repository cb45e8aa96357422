package io.flintwheel.local.apiserver.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells who sends a request, by its bearer token. */
public final class Authentication {

  private static final String BEARER = "bearer ";

  private final byte[] adminToken;
  private final ServiceAccountTokens tokens;

  public Authentication(String adminToken, ServiceAccountTokens tokens) {
    this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
    this.tokens = tokens;
  }

  /** Empty when the header is missing or its token is not known. */
  public Optional<Identity> identify(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return identifyToken(authorization.substring(BEARER.length()).strip());
  }

  public Optional<Identity> identifyToken(String token) {
    if (MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), adminToken)) {
      return Optional.of(Identity.ADMIN);
    }
    return tokens.identify(token);
  }
}
