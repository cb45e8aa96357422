package io.flintwheel.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.flintwheel.local.apiserver.LocalApiServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a Kubernetes API; one for the whole JVM.
 *
 * <p>System property {@code flintwheel.test.cluster}: {@code local} (default) is the local API, of
 * this JVM alone; {@code cluster} is the cluster of {@code KUBECONFIG}, which others use, too.
 */
public final class KubernetesTestResource implements QuarkusTestResourceLifecycleManager {

  /** Where the Kubernetes client looks before it looks at {@code KUBECONFIG}. */
  private static final String CLIENT_PROPERTY = "kubeconfig";

  private static final String DRIVER_MANIFEST = "/flintwheel/k8s/spark.yaml";

  private static @Nullable LocalApiServer server;
  private static @Nullable KubernetesClient client;

  /** Whether tests run on the cluster of {@code KUBECONFIG}. */
  public static boolean isCluster() {
    String kind = System.getProperty("flintwheel.test.cluster", "local");
    return switch (kind) {
      case "local" -> false;
      case "cluster" -> true;
      default ->
          throw new IllegalArgumentException(
              "flintwheel.test.cluster must be local or cluster, not '" + kind + "'");
    };
  }

  /** The local API; outage tests stop and restart it. There is none on a cluster. */
  public static synchronized LocalApiServer apiServer() {
    if (isCluster()) {
      throw new IllegalStateException(
          "a test that stops the API server must not have the tag 'cluster'");
    }
    if (server == null) {
      Path directory = ScratchDirectory.create("kubernetes");
      LocalApiServer started = LocalApiServer.start(directory, 0);
      ScratchDirectory.deleteAtExit(directory, started::close);
      server = started;
    }
    return server;
  }

  /** The credentials of an administrator. */
  public static Path kubeconfig() {
    if (!isCluster()) {
      return apiServer().kubeconfig();
    }
    String path = System.getenv("KUBECONFIG");
    if (path == null || !Files.isReadable(Path.of(path))) {
      throw new IllegalStateException(
          "-Pcluster needs KUBECONFIG, the path of one readable file; it is " + path);
    }
    return Path.of(path);
  }

  /** An administrator's client, shared by all tests of this JVM. */
  public static synchronized KubernetesClient client() {
    if (client == null) {
      client =
          new KubernetesClientBuilder()
              .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
              .build();
    }
    return client;
  }

  /** The accounts that jobs name; the local API is born with them. */
  private static void ensureDriverAccounts() {
    try (InputStream manifest =
        Objects.requireNonNull(
            LocalApiServer.class.getResourceAsStream(DRIVER_MANIFEST), DRIVER_MANIFEST)) {
      for (HasMetadata object : client().load(manifest).items()) {
        if (client().resource(object).get() == null) {
          client().resource(object).create();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(DRIVER_MANIFEST + " cannot be read", e);
    }
  }

  @Override
  public Map<String, String> start() {
    if (isCluster()) {
      ensureDriverAccounts();
    }
    System.setProperty(CLIENT_PROPERTY, kubeconfig().toString());
    return Map.of(CLIENT_PROPERTY, kubeconfig().toString());
  }

  /** Leaves it to the tests of other profiles in this JVM. */
  @Override
  public void stop() {}
}
