package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.flintwheel.local.apiserver.LocalApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with one process node and a namespace of its own: our API server, or the cluster of
 * KUBECONFIG with its authority in {@code pki} beside that file.
 */
final class NodeCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final @Nullable LocalApiServer local;
  private final ProcessNodeConfig config;
  private final KubernetesClient client;
  private final String namespace;
  private ProcessNode node;

  private NodeCluster(@Nullable LocalApiServer local, Path kubeconfig, Path pki, Path directory)
      throws IOException {
    String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    this.local = local;
    // By a link, since Spark takes no path with a blank, and the build may be below one.
    Path image =
        Files.createSymbolicLink(
            Files.createDirectories(directory).resolve("image-" + unique),
            Path.of(System.getProperty("flintwheel.root"), "local-image/target/image"));
    this.config =
        ProcessNodeConfig.of(kubeconfig, pki, image, directory.resolve("node"))
            .named("node-" + unique);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    this.namespace = "node-it-" + unique;
    prepareNamespace();
    this.node = ProcessNode.start(config);
  }

  static NodeCluster start(Path directory) throws IOException {
    if (System.getProperty("flintwheel.test.cluster", "local").equals("local")) {
      return startLocal(directory);
    }
    return startOnCluster(directory);
  }

  static NodeCluster startOnCluster(Path directory) throws IOException {
    Path kubeconfig =
        Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG"), "KUBECONFIG is not set"));
    return new NodeCluster(null, kubeconfig, kubeconfig.resolveSibling("pki"), directory);
  }

  static NodeCluster startLocal(Path directory) throws IOException {
    LocalApiServer server = LocalApiServer.start(directory.resolve("api"), 0);
    Path pki = Objects.requireNonNull(server.caCertificate().getParent(), "pki");
    return new NodeCluster(server, server.kubeconfig(), pki, directory);
  }

  void stopApiServer() {
    Objects.requireNonNull(local, "local").stop();
  }

  void restartApiServer() {
    Objects.requireNonNull(local, "local").restart();
  }

  KubernetesClient client() {
    return client;
  }

  Path kubeconfig() {
    return config.kubeconfig();
  }

  String namespace() {
    return namespace;
  }

  String nodeName() {
    return config.name();
  }

  Path podDirectory(Pod pod) {
    return config.workDirectory().resolve("pods").resolve(pod.getMetadata().getUid());
  }

  /** The node goes and leaves its containers behind, as when it is killed. */
  void stopNode() {
    node.detach();
  }

  void startNode() throws IOException {
    node = ProcessNode.start(config);
  }

  Pod create(Pod pod) {
    return client.pods().inNamespace(namespace).resource(pod).create();
  }

  @Nullable Pod get(String name) {
    return client.pods().inNamespace(namespace).withName(name).get();
  }

  /** The pod, once it is as wanted. */
  Pod await(String name, String what, Predicate<Pod> condition) {
    return Awaitility.await(name + " " + what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> get(name), pod -> pod != null && condition.test(pod));
  }

  Pod awaitPhase(String name, String phase) {
    return await(name, "is " + phase, pod -> phase.equals(pod.getStatus().getPhase()));
  }

  void awaitGone(String name) {
    Awaitility.await(name + " is gone")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get(name) == null);
  }

  String log(String name) {
    return client.pods().inNamespace(namespace).withName(name).getLog();
  }

  @Override
  public void close() {
    client.pods().inNamespace(namespace).withGracePeriod(0).delete();
    client.namespaces().withName(namespace).delete();
    node.close();
    client.close();
    if (local != null) {
      local.close();
    }
  }

  private void prepareNamespace() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("spark")
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("spark")
                .withNamespace(namespace)
                .endMetadata()
                .addNewRule()
                .addToApiGroups("")
                .addToResources("pods", "configmaps", "services", "persistentvolumeclaims")
                .addToVerbs("create", "get", "list", "watch", "delete", "deletecollection")
                .endRule()
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("spark")
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "spark")
                .addNewSubject(null, "ServiceAccount", "spark", namespace)
                .build())
        .create();
  }
}
