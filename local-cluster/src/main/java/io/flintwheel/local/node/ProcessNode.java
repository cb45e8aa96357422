package io.flintwheel.local.node;

import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kubernetes node that runs the containers of its pods as processes of this machine. It joins any
 * cluster that it has a kubeconfig of and behaves as a kubelet does, without images: Spark's
 * drivers and executors run from {@link ProcessNodeConfig#image()}, other commands as they are.
 */
public final class ProcessNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessNode.class);
  private static final long MEBIBYTE = 1024L * 1024;

  /** What the scheduler may give away; {@link NodeRoom} says why it is so much. */
  private static final Map<String, Quantity> OFFER =
      Map.of(
          "cpu", new Quantity("2000"),
          "memory", new Quantity("8Ti"),
          "ephemeral-storage", new Quantity("8Ti"),
          "pods", new Quantity("2000"));

  private static final int REQUEST_RETRIES = 2;
  private static final Duration STARTUP_PATIENCE = Duration.ofMinutes(2);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration MEMORY_SAMPLE = Duration.ofSeconds(1);
  private static final Duration LOG_SAMPLE = Duration.ofMillis(200);

  private final KubernetesClient client;
  private final WorkDirectory work;
  private final NodeRegistration registration;
  private final NodePods pods;
  private final KubeletServer kubelet;
  private final ScheduledExecutorService timer;
  private final ExecutorService events;

  private ProcessNode(
      ProcessNodeConfig config,
      WorkDirectory work,
      SparkImage image,
      HttpsServer bound,
      KubernetesClient client,
      Clock clock)
      throws IOException {
    this.client = client;
    this.work = work;
    this.timer = Executors.newScheduledThreadPool(1, new NamedThreads("timer"));
    this.events = Executors.newSingleThreadExecutor(new NamedThreads("events"));
    InetSocketAddress own = bound.getAddress();
    var network = LoopbackNetworks.of(own);
    Path beside = Objects.requireNonNull(config.image().getParent(), "image's parent");
    Map<String, Quantity> room =
        Map.of(
            "cpu", new Quantity(String.valueOf(config.cpus())),
            "memory", new Quantity(config.memoryMebibytes() + "Mi"));
    var settings =
        new NodeSettings(
            image,
            config.userJars(),
            new ClassDataArchive(beside.resolve("image-cds"), image),
            config.jvmFlags(),
            address(client),
            network.nodeAddress(),
            room);
    var api = new NodeApi(client);
    var logs = new LogSampler(clock);
    var memory = new MemoryLimits();
    var context =
        new PodContext(
            api,
            new PodEvents(api, config.name(), clock, events),
            settings,
            network,
            new NodeRoom(config.drivers(), config.cpus(), config.memoryMebibytes() * MEBIBYTE),
            logs,
            memory,
            script(work.root()),
            clock);
    this.pods =
        new NodePods(
            client,
            config.name(),
            context,
            work.pods(),
            Executors.newCachedThreadPool(new NamedThreads("pod")));
    this.kubelet =
        new KubeletServer(
            bound,
            KubeletCertificate.serve(config.pki(), config.name(), network.nodeAddress(), clock),
            pods,
            client.getKubernetesSerialization(),
            clock);
    this.registration =
        new NodeRegistration(
            client,
            config.name(),
            new NodeReport(own, capacity(room), OFFER, clock.instant()),
            clock);
    var retry = new StartupRetry(clock, STARTUP_PATIENCE);
    retry.run("register", registration::register);
    kubelet.start();
    // From here on the node must report, or its pods are taken from it.
    schedule(registration, HEARTBEAT);
    pods.start(retry);
    schedule(logs, LOG_SAMPLE);
    schedule(memory, MEMORY_SAMPLE);
    LOG.info(
        "Node is up node={} address={} port={}",
        config.name(),
        network.nodeAddress(),
        own.getPort());
  }

  /**
   * Joins the cluster and begins to run pods.
   *
   * @throws IllegalArgumentException when there is no Spark at the image's path
   * @throws IOException when the image, the work directory or the certificate authority cannot be
   *     used
   */
  public static ProcessNode start(ProcessNodeConfig config) throws IOException {
    Config kubeconfig = Config.fromKubeconfig(config.kubeconfig().toFile());
    // A pod's worker tries again by itself, and must not be deaf meanwhile.
    kubeconfig.setRequestRetryBackoffLimit(REQUEST_RETRIES);
    SparkImage image = SparkImage.at(config.image());
    WorkDirectory work = WorkDirectory.open(config.workDirectory());
    @Nullable HttpsServer bound = null;
    KubernetesClient client = new KubernetesClientBuilder().withConfig(kubeconfig).build();
    try {
      bound = LoopbackNetworks.listen(work.root());
      return new ProcessNode(config, work, image, bound, client, Clock.systemUTC());
    } catch (IOException | RuntimeException e) {
      if (bound != null) {
        bound.stop(0);
      }
      client.close();
      work.close();
      throw e;
    }
  }

  private static Map<String, Quantity> capacity(Map<String, Quantity> room) {
    Map<String, Quantity> capacity = new HashMap<>(OFFER);
    capacity.putAll(room);
    return capacity;
  }

  /** Ends every container, removes the pods' files and takes the node out of the cluster. */
  @Override
  public void close() {
    timer.shutdownNow();
    pods.stopAll();
    try {
      registration.withdraw();
    } catch (KubernetesClientException e) {
      LOG.info("Node leaves a cluster that does not answer cause={}", e.getMessage());
    }
    release();
  }

  /** Stops the node only: its containers go on, and its next run adopts them. */
  public void detach() {
    timer.shutdownNow();
    pods.close();
    release();
  }

  private void release() {
    kubelet.close();
    events.shutdownNow();
    client.close();
    try {
      work.close();
    } catch (IOException e) {
      LOG.warn("Work directory stays locked until this process ends", e);
    }
  }

  private void schedule(Runnable work, Duration every) {
    var unused =
        timer.scheduleWithFixedDelay(
            work, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static URI address(KubernetesClient client) {
    var master = client.getMasterUrl();
    int port = master.getPort() < 0 ? master.getDefaultPort() : master.getPort();
    return URI.create(master.getProtocol() + "://" + master.getHost() + ":" + port);
  }

  private static Path script(Path work) throws IOException {
    try (InputStream script = ProcessNode.class.getResourceAsStream("run-container.sh")) {
      Path file = work.resolve("run-container.sh");
      ReplacedFile.write(file, Objects.requireNonNull(script, "run-container.sh").readAllBytes());
      return file;
    }
  }
}
