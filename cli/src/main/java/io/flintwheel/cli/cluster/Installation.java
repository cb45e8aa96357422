package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The local cluster and the three services: started and stopped as one. */
public final class Installation {

  private final Home home;
  private final Map<String, String> environment;
  private final Consumer<String> progress;
  private final HomeLock lock;
  private volatile boolean startedAny;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * @param environment of this process, with overrides of ports
   * @param progress is told what is going on, a line each
   */
  public Installation(Home home, Map<String, String> environment, Consumer<String> progress) {
    this.home = home;
    this.lock = new HomeLock(home, progress);
    this.environment = Map.copyOf(environment);
    this.progress = progress;
  }

  public Home home() {
    return home;
  }

  /** What {@code local.env} says, as long as the local cluster runs. */
  public Optional<LocalEnv> running() {
    return process(Part.LOCAL_CLUSTER).alive().isPresent()
        ? LocalEnv.read(home.localEnv())
        : Optional.empty();
  }

  /**
   * How to reach what runs.
   *
   * @throws CliFailure that says what to do, when the local cluster does not run or is not ready
   */
  public LocalEnv reach() {
    return running().orElseThrow(() -> new CliFailure(whyUnreachable()));
  }

  /**
   * Does nothing for an address of another installation.
   *
   * @throws CliFailure as {@link #reach} does, when the address is this installation's own
   */
  public void requireUpIfOwn(String address) {
    Optional<Integer> own = ports().flatMap(ports -> ports.listener(address));
    // With all of it down, its port may be another installation's.
    if (own.isPresent() && (anyAlive() || !PortHolder.isTaken(own.get()))) {
      reach();
    }
  }

  private String whyUnreachable() {
    if (process(Part.LOCAL_CLUSTER).alive().isPresent()) {
      return "The installation is starting, or its start has failed; ./flintwheel status shows its parts";
    }
    return anyAlive()
        ? "The local cluster has died, and the services can do nothing without it; ./flintwheel up starts all of them again"
        : "Nothing is up here; start it with ./flintwheel up";
  }

  /** Starts what does not run and waits until all are ready; when all are, does nothing. */
  public LocalEnv up() {
    return up("up");
  }

  /**
   * As {@link #up()}, for another command that starts things.
   *
   * @param command its name, for advice to type it again
   */
  public LocalEnv up(String command) {
    home.create();
    return lock.holding(
        () -> {
          StartWait start = new StartWait(home, http, progress);
          boolean fresh = process(Part.LOCAL_CLUSTER).alive().isEmpty();
          if (fresh) {
            // The services' credentials were for the local cluster that is gone.
            ending().atOnce();
          }
          Ports ports = fresh ? Ports.from(environment) : rememberedPorts();
          Launches launches = new Launches(home, ports, environment);
          if (fresh) {
            PortHolder.requireFree(ports, List.of(Port.values()), command);
            startLocalCluster(launches, ports);
          }
          LocalEnv localEnv = withServices(start.localCluster(), ports);
          startServices(launches, localEnv, ports, command);
          for (Part part : Part.services()) {
            start.service(part, ports.url(Launches.port(part)));
          }
          localEnv.write(home.localEnv());
          return localEnv;
        });
  }

  /** Stops the services first and then what they use. */
  public void down() {
    if (!Files.exists(home.directory())) {
      return;
    }
    home.create();
    lock.holding(
        () -> {
          ending().inOrder();
          return true;
        });
  }

  /** Whether {@link #up} has started a part here, be it still running or not. */
  public boolean hasStartedAny() {
    return startedAny;
  }

  /** Whether any part runs. */
  public boolean anyAlive() {
    for (Part part : Part.values()) {
      if (process(part).alive().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Fails when a part of what is up has died, with its last words. */
  public void requireAlive() {
    for (Part part : Part.values()) {
      process(part).requireAlive("has ended");
    }
  }

  /** The parts with what can be said of each. */
  public List<PartStatus> status() {
    return inspection().parts();
  }

  /**
   * What helps when a service at that address does not answer; empty when it is none of this
   * installation's, or the local cluster does not run.
   */
  public Optional<String> remedy(String address) {
    return inspection().remedy(address);
  }

  /**
   * Fails at once for an address of the local cluster's when that is frozen, and says what helps;
   * does nothing for one of another installation.
   */
  public void requireNotFrozenIfOwn(String address) {
    if (ports().flatMap(ports -> ports.listener(address)).isPresent()) {
      process(Part.LOCAL_CLUSTER).requireNotFrozen();
    }
  }

  private void startLocalCluster(Launches launches, Ports ports) {
    progress.accept(
        "Starting the local cluster: Kafka on %d, PostgreSQL on %d, Kubernetes API on %d"
            .formatted(ports.of(Port.KAFKA), ports.of(Port.POSTGRES), ports.of(Port.KUBERNETES)));
    try {
      Files.deleteIfExists(home.announcement());
      Files.deleteIfExists(home.localEnv());
    } catch (IOException e) {
      throw new CliFailure(
          "Cannot prepare " + home.directory() + ": " + FileTrouble.of(home.directory(), e), e);
    }
    new LocalEnv(ports.overrides()).write(home.run().resolve("ports.env"));
    process(Part.LOCAL_CLUSTER).start(launches.localCluster());
    startedAny = true;
  }

  private void startServices(Launches launches, LocalEnv localEnv, Ports ports, String command) {
    List<Part> missing =
        Part.services().stream().filter(part -> process(part).alive().isEmpty()).toList();
    if (!missing.isEmpty()) {
      PortHolder.requireFree(ports, missing.stream().map(Launches::port).toList(), command);
      progress.accept(
          "Starting "
              + String.join(
                  ", ",
                  missing.stream()
                      .map(part -> part.id() + " on " + ports.of(Launches.port(part)))
                      .toList()));
      missing.forEach(part -> process(part).start(launches.service(part, localEnv)));
      startedAny = true;
    }
  }

  private LocalEnv withServices(LocalEnv localCluster, Ports ports) {
    Map<String, String> values = new LinkedHashMap<>(localCluster.values());
    values.put("KUBECONFIG", home.kubeconfig().toString());
    values.put("FLINTWHEEL_SUBMITTER_URL", ports.url(Port.SUBMITTER));
    values.put("FLINTWHEEL_SCHEDULER_URL", ports.url(Port.SCHEDULER));
    values.put("FLINTWHEEL_STATUS_URL", ports.url(Port.STATUS));
    return new LocalEnv(values);
  }

  private Ports rememberedPorts() {
    return ports().orElseGet(() -> Ports.from(environment));
  }

  /** Those of the last start; empty when there was none. */
  private Optional<Ports> ports() {
    return LocalEnv.read(home.run().resolve("ports.env"))
        .map(remembered -> Ports.from(remembered.values()));
  }

  private Inspection inspection() {
    return new Inspection(home, rememberedPorts(), http);
  }

  private Ending ending() {
    return new Ending(home, environment, progress);
  }

  private PartProcess process(Part part) {
    return new PartProcess(home, part);
  }
}
