package io.flintwheel.benchmarks;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Creates what a submitted job consists of, without Kafka, Spark or care: the least that any
 * submitter could cost on this API server.
 */
final class PlainClient {

  private static final String LABEL = "flintwheel.io/benchmark";

  private final KubernetesClient client;

  PlainClient(KubernetesClient client) {
    this.client = client;
  }

  Latencies createOneByOne(int count) {
    Latencies latencies = new Latencies();
    try {
      for (int n = 0; n < count; n++) {
        long start = System.nanoTime();
        create("plain-" + n + "-" + UUID.randomUUID().toString().substring(0, 8));
        latencies.add(Duration.ofNanos(System.nanoTime() - start));
      }
    } finally {
      client.pods().inNamespace("default").withLabel(LABEL).withGracePeriod(0).delete();
    }
    return latencies;
  }

  private void create(String name) {
    Pod pod = client.resource(pod(name)).create();
    OwnerReference owner =
        new OwnerReferenceBuilder()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(name)
            .withUid(pod.getMetadata().getUid())
            .withController(true)
            .build();
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withOwnerReferences(owner)
                .endMetadata()
                .addToData("spark.properties", "spark.app.name=plain\n".repeat(40))
                .build())
        .create();
    client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .addToSelector("app", name)
                .addNewPort()
                .withName("driver-rpc-port")
                .withPort(7078)
                .endPort()
                .endSpec()
                .build())
        .create();
  }

  private static Pod pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .addToLabels(LABEL, "plain-client")
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName("spark")
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("spark-kubernetes-driver")
        .withImage("spark:4.1.1")
        .withArgs("driver")
        .withNewResources()
        .withRequests(Map.of("cpu", new Quantity("512"), "memory", new Quantity("896Mi")))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }
}
