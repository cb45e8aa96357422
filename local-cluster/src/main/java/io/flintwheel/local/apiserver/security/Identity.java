package io.flintwheel.local.apiserver.security;

import java.util.List;

/** Who sends a request. */
public record Identity(String username, List<String> groups) {

  public static final Identity ADMIN =
      new Identity("flintwheel-admin", List.of("system:masters", "system:authenticated"));

  public static final Identity ANONYMOUS =
      new Identity("system:anonymous", List.of("system:unauthenticated"));

  public Identity {
    groups = List.copyOf(groups);
  }

  static Identity serviceAccount(String namespace, String name) {
    return new Identity(
        "system:serviceaccount:" + namespace + ":" + name,
        List.of(
            "system:serviceaccounts",
            "system:serviceaccounts:" + namespace,
            "system:authenticated"));
  }
}
