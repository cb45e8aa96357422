package io.flintwheel.local.apiserver.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.flintwheel.local.apiserver.LocalApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The API that the contract is held against, with a namespace of the test's own: our server, or the
 * cluster of KUBECONFIG. Speaks plain HTTP, so that no client's kindness hides a difference.
 */
final class RunningApi implements AutoCloseable {

  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String APPLY = "application/apply-patch+yaml";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final @Nullable LocalApiServer local;
  private final Path kubeconfig;
  private final Config config;
  private final @Nullable String token;
  private final HttpClient http;
  private final HttpClient stranger;
  private final KubernetesClient client;
  private final String namespace;

  private RunningApi(@Nullable LocalApiServer local, Path kubeconfig)
      throws GeneralSecurityException, IOException {
    this.local = local;
    this.kubeconfig = kubeconfig;
    this.config = Config.fromKubeconfig(kubeconfig.toFile());
    this.token =
        config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
    this.http = http(config);
    this.stranger = http(withoutCertificate(kubeconfig));
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.namespace =
        "contract-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    furnish();
  }

  /** The API that {@code flintwheel.test.cluster} names. */
  static RunningApi open() throws GeneralSecurityException, IOException {
    if (System.getProperty("flintwheel.test.cluster", "local").equals("local")) {
      return local();
    }
    return cluster();
  }

  static RunningApi local() throws GeneralSecurityException, IOException {
    LocalApiServer server = LocalApiServer.start(Files.createTempDirectory("contract"), 0);
    return new RunningApi(server, server.kubeconfig());
  }

  static RunningApi cluster() throws GeneralSecurityException, IOException {
    String path = Objects.requireNonNull(System.getenv("KUBECONFIG"), "KUBECONFIG is not set");
    return new RunningApi(null, Path.of(path));
  }

  private static HttpClient http(Config config) throws GeneralSecurityException, IOException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(SSLUtils.sslContext(config))
        .build();
  }

  private static Config withoutCertificate(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setClientCertFile(null);
    config.setClientCertData(null);
    config.setClientKeyFile(null);
    config.setClientKeyData(null);
    return config;
  }

  private void furnish() {
    post(
        "/api/v1/namespaces",
        """
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}"""
            .formatted(namespace));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                get(in("/serviceaccounts/default")).status() == 200
                    && get(in("/configmaps/kube-root-ca.crt")).status() == 200);
  }

  String namespace() {
    return namespace;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  KubernetesClient client() {
    return client;
  }

  /** A path in the test's namespace, such as {@code /pods}. */
  String in(String path) {
    return "/api/v1/namespaces/" + namespace + path;
  }

  Reply get(String path) {
    return send("GET", path, null, null);
  }

  /** As somebody who has this token and no certificate. */
  Reply getAs(String otherToken, String path) {
    return exchange(stranger, request(path, otherToken).GET().build());
  }

  Reply getAccepting(String accept, String path) {
    HttpRequest.Builder request = request(path, token).header("Accept", accept);
    return exchange(request.GET().build());
  }

  Reply post(String path, String body) {
    return send("POST", path, "application/json", body);
  }

  Reply put(String path, String body) {
    return send("PUT", path, "application/json", body);
  }

  Reply put(String path, JsonNode body) {
    return put(path, body.toString());
  }

  Reply patch(String path, String type, String body) {
    return send("PATCH", path, type, body);
  }

  Reply delete(String path) {
    return send("DELETE", path, null, null);
  }

  Reply delete(String path, String options) {
    return send("DELETE", path, "application/json", options);
  }

  /** A pod that no scheduler takes, unless a node's name is given. */
  String pod(String name, String more) {
    return """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "%s", "labels": {"contract": "yes"}},
         "spec": {"schedulerName": "none", "restartPolicy": "Never"%s,
                  "containers": [{"name": "main", "image": "busybox:1.36"}]}}"""
        .formatted(name, more.isEmpty() ? "" : ", " + more);
  }

  String configMap(String name, String data) {
    return """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"}, "data": {%s}}"""
        .formatted(name, data);
  }

  /** A watch; its events come through the returned stream. */
  EventStream watch(String path) {
    HttpRequest request = request(path, token).GET().build();
    try {
      return new EventStream(http.send(request, BodyHandlers.ofLines()));
    } catch (IOException e) {
      throw new AssertionError("the watch could not be opened", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** Without a token the connection's certificate tells who asks. */
  private HttpRequest.Builder request(String path, @Nullable String bearer) {
    String master = config.getMasterUrl();
    String root = master.endsWith("/") ? master.substring(0, master.length() - 1) : master;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
    return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
  }

  Reply send(String method, String path, @Nullable String contentType, @Nullable String body) {
    HttpRequest.Builder request = request(path, token);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    return exchange(
        request
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  private Reply exchange(HttpRequest request) {
    return exchange(http, request);
  }

  private static Reply exchange(HttpClient http, HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      String text = new String(response.body(), StandardCharsets.UTF_8);
      boolean json = response.headers().firstValue("content-type").orElse("").contains("json");
      return new Reply(
          response.statusCode(),
          json ? json(text) : MAPPER.getNodeFactory().textNode(text),
          response.headers());
    } catch (IOException e) {
      throw new AssertionError(request + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    delete("/api/v1/namespaces/" + namespace);
    client.close();
    if (local != null) {
      local.close();
    }
  }
}
