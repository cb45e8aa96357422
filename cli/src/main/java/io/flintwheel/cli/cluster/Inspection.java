package io.flintwheel.cli.cluster;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be said of the parts without changing anything. */
final class Inspection {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Home home;
  private final Ports ports;
  private final HttpClient http;

  /**
   * @param ports where the parts listen
   */
  Inspection(Home home, Ports ports, HttpClient http) {
    this.home = home;
    this.ports = ports;
    this.http = http;
  }

  List<PartStatus> parts() {
    return Arrays.stream(Part.values()).map(this::part).toList();
  }

  /**
   * What helps when a service does not answer; empty when the address is not of this installation,
   * or the local cluster does not run.
   */
  Optional<String> remedy(String address) {
    if (process(Part.LOCAL_CLUSTER).isEmpty()) {
      return Optional.empty();
    }
    return Part.services().stream()
        .filter(part -> address.equals(ports.url(Launches.port(part))))
        .findFirst()
        .map(
            part ->
                process(part).map(Inspection::remedy).orElse("./flintwheel up starts it again"));
  }

  private static String remedy(ProcessHandle process) {
    return ProcessRecord.frozenRemedy(process.pid()).orElse("./flintwheel status shows how it is");
  }

  private PartStatus part(Part part) {
    Optional<Long> pid = process(part).map(ProcessHandle::pid);
    return new PartStatus(
        part,
        pid,
        address(part),
        pid.map(number -> health(part, number)).orElseGet(() -> notReady("does not run")));
  }

  private String address(Part part) {
    return part == Part.LOCAL_CLUSTER
        ? "Kafka 127.0.0.1:%d, PostgreSQL 127.0.0.1:%d, Kubernetes https://127.0.0.1:%d"
            .formatted(ports.of(Port.KAFKA), ports.of(Port.POSTGRES), ports.of(Port.KUBERNETES))
        : ports.url(Launches.port(part));
  }

  private Health health(Part part, long pid) {
    if (ProcessRecord.isFrozen(pid)) {
      return notReady("is frozen");
    }
    return part == Part.LOCAL_CLUSTER ? localCluster() : Health.of(http, address(part));
  }

  private Health localCluster() {
    if (!Files.exists(home.announcement())) {
      return notReady("is starting");
    }
    // Its parts are one process: one speaks for all.
    return BrokerProbe.answers(ports.of(Port.KAFKA), PATIENCE)
        ? new Health(true, List.of())
        : notReady("does not answer");
  }

  private static Health notReady(String why) {
    return new Health(false, List.of(why));
  }

  private Optional<ProcessHandle> process(Part part) {
    return new PartProcess(home, part).alive();
  }
}
