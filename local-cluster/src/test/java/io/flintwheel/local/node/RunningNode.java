package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A node on the API that {@code flintwheel.test.cluster} names, and what tests do with it. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningNode {

  @TempDir private static Path directory;
  private NodeCluster cluster;

  @BeforeAll
  void startCluster() throws IOException {
    cluster = NodeCluster.start(directory);
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  NodeCluster cluster() {
    return cluster;
  }

  Path directory() {
    return directory;
  }

  ProcessHandle process(Pod pod) {
    Path pid = cluster().podDirectory(pod).resolve("containers/main/pid");
    return Awaitility.await()
        .ignoreExceptions()
        .until(
            () -> ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow(),
            ProcessHandle::isAlive);
  }

  void awaitLog(String name, String text) {
    Awaitility.await().ignoreExceptions().until(() -> cluster().log(name).contains(text));
  }

  NonNamespaceOperation<Pod, PodList, PodResource> pods() {
    return cluster().client().pods().inNamespace(cluster().namespace());
  }

  void configMap(String name, Map<String, String> data) {
    cluster
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster().namespace())
                .endMetadata()
                .withData(data)
                .build())
        .create();
  }

  void secret(String name, Map<String, String> data) {
    cluster
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster().namespace())
                .endMetadata()
                .withStringData(data)
                .build())
        .create();
  }

  Pod shell(String name, String script) {
    return TinyPods.shell(cluster().nodeName(), name, script);
  }
}
