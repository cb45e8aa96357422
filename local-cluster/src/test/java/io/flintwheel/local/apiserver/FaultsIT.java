package io.flintwheel.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsIT {

  @TempDir private Path directory;
  private LocalApiServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server = LocalApiServer.start(directory, 0);
    Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
    config.setRequestRetryBackoffLimit(0);
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void failsTheNextRequestsOfAKindOnly() {
    server.faults().failNext(1, "create", "configmaps", 503);

    assertThatThrownBy(() -> create("a"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(503));

    assertThat(create("a").getMetadata().getUid()).isNotEmpty();
  }

  @Test
  void tellsAThrottledClientWhenToComeBack() {
    server.faults().failNext(1, "list", "pods", 429, Duration.ofSeconds(7));

    assertThatThrownBy(() -> client.pods().list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(429);
              assertThat(e.getStatus().getDetails().getRetryAfterSeconds()).isEqualTo(7);
            });
  }

  @Test
  void losesAnAnswerButNotItsEffect() {
    server.faults().loseNextAnswers(1, "create", "configmaps");

    assertThatThrownBy(() -> create("lost")).isInstanceOf(KubernetesClientException.class);

    assertThat(client.configMaps().inNamespace("default").withName("lost").get()).isNotNull();
  }

  @Test
  void keepsInformersRightThroughCutWatches() {
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform()) {

      server.faults().dropWatches();
      create("after-cut");

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> informer.getStore().getByKey("default/after-cut") != null);
    }
  }

  @Test
  void keepsObjectsTokenAndPortThroughAnOutage() {
    create("kept");
    String url = server.url();

    server.stop();
    assertThatThrownBy(() -> client.configMaps().inNamespace("default").list())
        .isInstanceOf(KubernetesClientException.class);
    server.restart();

    assertThat(server.url()).isEqualTo(url);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> client.configMaps().inNamespace("default").withName("kept").get() != null);
  }

  private ConfigMap create(String name) {
    return client
        .configMaps()
        .inNamespace("default")
        .resource(new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }
}
