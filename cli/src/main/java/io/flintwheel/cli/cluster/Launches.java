package io.flintwheel.cli.cluster;

import io.flintwheel.local.ServiceFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command lines and environments of all parts. */
final class Launches {

  private static final List<String> LOCAL_CLUSTER_FLAGS =
      List.of(
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

  private static final String JOB_MEMORY = "FLINTWHEEL_SUBMITTER_INTAKE_JOB_MEMORY";

  /** As long as Kafka keeps the topics: every end of the local cluster takes all pods with it. */
  private static final String ALL_THAT_KAFKA_KEEPS = "P7D";

  private final Home home;
  private final Ports ports;
  private final Map<String, String> environment;
  private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  Launches(Home home, Ports ports, Map<String, String> environment) {
    this.home = home;
    this.ports = ports;
    this.environment = environment;
  }

  Launch localCluster() {
    Path jar = home.root().resolve("cli/target/flintwheel.jar");
    List<String> command = jvm(Part.LOCAL_CLUSTER, jar, LOCAL_CLUSTER_FLAGS);
    command.addAll(List.of("-cp", jar.toString(), "io.flintwheel.local.LocalCluster"));
    Path target = home.root().resolve("local-image/target");
    command.add("--home=" + PlainPath.of(home.directory(), environment));
    command.add("--image=" + PlainPath.of(target, environment).resolve("image"));
    command.add("--kafka-port=" + ports.of(Port.KAFKA));
    command.add("--postgres-port=" + ports.of(Port.POSTGRES));
    command.add("--kubernetes-port=" + ports.of(Port.KUBERNETES));
    return new Launch(Part.LOCAL_CLUSTER, jar, command, Map.of());
  }

  /**
   * A service beside the running local cluster.
   *
   * @param localEnv what the local cluster told of itself
   */
  Launch service(Part part, LocalEnv localEnv) {
    Path jar = home.root().resolve(part.id()).resolve("target/quarkus-app/quarkus-run.jar");
    List<String> command = jvm(part, jar, ServiceFlags.PRODUCTION);
    command.addAll(List.of("-jar", jar.toString()));

    Map<String, String> given = new LinkedHashMap<>();
    given.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    given.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(port(part))));
    given.put("KAFKA_BOOTSTRAP_SERVERS", localEnv.require("KAFKA_BOOTSTRAP_SERVERS"));
    given.put("FLINTWHEEL_CLUSTER", "local");
    given.put("FLINTWHEEL_NAMESPACES", "default");
    given.put("FLINTWHEEL_STATUS_URL", ports.url(Port.STATUS));
    if (part != Part.SCHEDULER) {
      given.put("KUBECONFIG", localEnv.require("KUBECONFIG"));
    }
    if (part == Part.SUBMITTER) {
      given.put(JOB_MEMORY, environment.getOrDefault(JOB_MEMORY, ALL_THAT_KAFKA_KEEPS));
    }
    if (part != Part.SUBMITTER) {
      String database = part == Part.STATUS ? "STATUS" : "SCHEDULER";
      given.put(
          "QUARKUS_DATASOURCE_JDBC_URL", localEnv.require("FLINTWHEEL_" + database + "_JDBC_URL"));
      given.put("QUARKUS_DATASOURCE_USERNAME", localEnv.require("FLINTWHEEL_JDBC_USERNAME"));
      given.put("QUARKUS_DATASOURCE_PASSWORD", localEnv.require("FLINTWHEEL_JDBC_PASSWORD"));
    }
    return new Launch(part, jar, command, given);
  }

  static Port port(Part service) {
    return switch (service) {
      case SUBMITTER -> Port.SUBMITTER;
      case SCHEDULER -> Port.SCHEDULER;
      case STATUS -> Port.STATUS;
      case LOCAL_CLUSTER -> throw new IllegalArgumentException("the local cluster has many ports");
    };
  }

  private List<String> jvm(Part part, Path jar, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(flags);
    command.addAll(ClassDataArchive.of(home.archives(), part, jar).flags());
    return command;
  }
}
