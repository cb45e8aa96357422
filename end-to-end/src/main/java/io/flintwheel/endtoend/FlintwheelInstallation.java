package io.flintwheel.endtoend;

import io.flintwheel.local.LoopbackPort;
import io.flintwheel.local.ServiceFlags;
import io.flintwheel.local.node.ProcessNode;
import io.flintwheel.local.node.ProcessNodeConfig;
import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.testing.Brokers;
import io.flintwheel.testing.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Kafka, PostgreSQL, a Kubernetes cluster and the three services over them, on free ports.
 *
 * <p>The services are the packaged ones, each a process with production's JVM flags; what they
 * depend on can be taken away and brought back.
 */
public final class FlintwheelInstallation implements AutoCloseable {

  private final TestKafka kafka;
  private final LocalPostgres postgres;
  private final KubernetesCluster cluster;
  private final List<ProcessNode> nodes = new ArrayList<>();
  private final Map<FlintwheelService, ServiceProcess> services =
      new EnumMap<>(FlintwheelService.class);

  private FlintwheelInstallation(
      TestKafka kafka, LocalPostgres postgres, KubernetesCluster cluster) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.cluster = cluster;
  }

  /**
   * Brings up what the services depend on, and prepares the services without starting them.
   *
   * @param directory for data and logs
   */
  public static FlintwheelInstallation prepare(
      Path projectRoot, Path directory, KubernetesCluster cluster) {
    TestKafka kafka = Brokers.start(directory.resolve("kafka"));
    LocalPostgres postgres = LocalPostgres.start(directory.resolve("postgres"), 0);
    FlintwheelInstallation installation = new FlintwheelInstallation(kafka, postgres, cluster);
    Map<FlintwheelService, Integer> ports = freePorts();
    for (FlintwheelService service : FlintwheelService.values()) {
      Path log = directory.resolve("logs").resolve(service.module() + ".log");
      installation.services.put(
          service,
          new ServiceProcess(
              service,
              command(service.runner(projectRoot)),
              installation.environment(service, ports),
              ports.get(service),
              log));
    }
    return installation;
  }

  /**
   * Gives the cluster a node that runs pods as processes of this machine.
   *
   * @param workDirectory of its own
   */
  public FlintwheelInstallation withNode(Path projectRoot, Path workDirectory, String name) {
    Path image = projectRoot.resolve("local-image/target/image");
    try {
      nodes.add(
          ProcessNode.start(
              ProcessNodeConfig.of(cluster.nodeKubeconfig(), cluster.pki(), image, workDirectory)
                  .named(name)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a node in " + workDirectory, e);
    }
  }

  /** Starts all services and waits until they are ready. */
  public FlintwheelInstallation start() {
    services.values().forEach(ServiceProcess::start);
    services.values().forEach(ServiceProcess::awaitReady);
    return this;
  }

  public ServiceProcess service(FlintwheelService service) {
    return services.get(service);
  }

  public TestKafka kafka() {
    return kafka;
  }

  public LocalPostgres postgres() {
    return postgres;
  }

  public KubernetesCluster cluster() {
    return cluster;
  }

  @Override
  public void close() {
    services.values().forEach(ServiceProcess::close);
    nodes.forEach(ProcessNode::close);
    cluster.close();
    postgres.close();
    kafka.close();
  }

  private Map<String, String> environment(
      FlintwheelService service, Map<FlintwheelService, Integer> ports) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", ports.get(service).toString());
    environment.put(
        "FLINTWHEEL_STATUS_URL", "http://127.0.0.1:" + ports.get(FlintwheelService.STATUS));
    if (service.usesPostgres()) {
      String database = "flintwheel_" + service.name().toLowerCase(Locale.ROOT);
      postgres.createDatabase(database);
      environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(database));
      environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
      environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    }
    if (service.usesKubernetes()) {
      environment.put("KUBECONFIG", cluster.kubeconfig(service).toString());
    }
    return environment;
  }

  private static List<String> command(Path runner) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ServiceFlags.PRODUCTION);
    command.addAll(List.of("-jar", runner.toString()));
    return command;
  }

  private static Map<FlintwheelService, Integer> freePorts() {
    Iterator<Integer> free = Stream.generate(LoopbackPort::free).distinct().iterator();
    Map<FlintwheelService, Integer> ports = new EnumMap<>(FlintwheelService.class);
    for (FlintwheelService service : FlintwheelService.values()) {
      ports.put(service, free.next());
    }
    return ports;
  }
}
