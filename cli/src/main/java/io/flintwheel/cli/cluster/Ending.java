package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The end of an installation: in order, or at once when there is nothing left to do in order. */
final class Ending {

  private final Home home;
  private final Leftovers leftovers;
  private final Consumer<String> progress;

  Ending(Home home, Map<String, String> environment, Consumer<String> progress) {
    this.home = home;
    this.leftovers = new Leftovers(home, environment);
    this.progress = progress;
  }

  /** Stops the services first and then what they use. */
  void inOrder() {
    if (alive(Arrays.asList(Part.values())).stream().anyMatch(PartProcess::writesClassData)) {
      progress.accept(
          "Stopping; after its first run each part keeps class data for faster starts, which takes some seconds");
    }
    // All at once: each may take a second.
    alive(Part.services()).parallelStream().forEach(service -> service.stop(progress));
    new PartProcess(home, Part.LOCAL_CLUSTER).stop(progress);
    leftovers.stop();
    cleanUp();
  }

  /** What a local cluster that has died has left, when all of it is started again right away. */
  void atOnce() {
    List<PartProcess> services = alive(Part.services());
    List<String> left =
        Stream.concat(
                services.stream().map(service -> service.part().id()), leftovers.names().stream())
            .toList();
    if (!left.isEmpty()) {
      progress.accept(
          "The local cluster has died; ending what it has left: " + String.join(", ", left));
    }
    services.forEach(PartProcess::kill);
    leftovers.stop();
    cleanUp();
  }

  private List<PartProcess> alive(List<Part> parts) {
    return parts.stream()
        .map(part -> new PartProcess(home, part))
        .filter(process -> process.alive().isPresent())
        .toList();
  }

  private void cleanUp() {
    try {
      Files.deleteIfExists(home.announcement());
      Files.deleteIfExists(home.localEnv());
      Files.deleteIfExists(home.kubeconfig());
    } catch (IOException e) {
      throw new CliFailure(
          "Cannot clean up " + home.directory() + ": " + FileTrouble.of(home.directory(), e), e);
    }
  }
}
