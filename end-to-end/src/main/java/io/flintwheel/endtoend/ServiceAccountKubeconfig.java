package io.flintwheel.endtoend;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** Kubeconfigs for somebody who holds the token of a service account and nothing more. */
public final class ServiceAccountKubeconfig {

  private static final Duration VALIDITY = Duration.ofHours(2);

  private static final String AUTHORITY = ", certificate-authority-data: \"%s\"";

  private final KubernetesClient administrator;

  public ServiceAccountKubeconfig(KubernetesClient administrator) {
    this.administrator = administrator;
  }

  /**
   * Asks for a token and writes the kubeconfig that uses it.
   *
   * @param server where the account's holder finds the API server
   */
  public Path write(String namespace, String serviceAccount, String server, Path file) {
    Config config = administrator.getConfiguration();
    String content =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: cluster, cluster: {server: "%s"%s}}]
        users: [{name: %s, user: {token: "%s"}}]
        contexts: [{name: cluster, context: {cluster: cluster, user: %s, namespace: default}}]
        current-context: cluster
        """
            .formatted(
                server,
                authority(config),
                serviceAccount,
                token(namespace, serviceAccount),
                serviceAccount);
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private String token(String namespace, String serviceAccount) {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(VALIDITY.toSeconds())
            .endSpec()
            .build();
    return administrator
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(serviceAccount)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  /** Nothing when the machine's own authorities vouch for the cluster. */
  private static String authority(Config config) {
    if (config.getCaCertData() != null) {
      return AUTHORITY.formatted(config.getCaCertData());
    }
    if (config.getCaCertFile() == null) {
      return "";
    }
    try {
      String pem = Files.readString(Path.of(config.getCaCertFile()));
      return AUTHORITY.formatted(
          Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the cluster's certificate authority", e);
    }
  }
}
