package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell stands for a service: in good order it ends only after it has left a file behind. */
class EndingIT {

  private static final String SERVICE =
      "trap 'touch ended-in-order; exit' TERM; echo ready; while :; do sleep 0.05; done";

  @TempDir Path directory;

  private final List<Process> started = new ArrayList<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void upKillsTheServicesOfADeadLocalClusterAndSaysSo() throws IOException {
    Process service = runs(Part.STATUS, List.of());

    // Nothing is built here, so that nothing is started again.
    assertThatThrownBy(() -> installation().up()).isInstanceOf(CliFailure.class);

    assertThat(service.isAlive()).isFalse();
    assertThat(directory.resolve("ended-in-order")).doesNotExist();
    assertThat(told)
        .startsWith("The local cluster has died; ending what it has left: status-service");
  }

  @Test
  void podsEndAtOnceWithTheirNode() throws IOException {
    Path pod = Files.createDirectories(directory.resolve("data/node/pods/driver"));
    Process driver = runsService(pod, List.of());

    assertThatThrownBy(() -> installation().up()).isInstanceOf(CliFailure.class);

    assertThat(driver.onExit()).succeedsWithin(Duration.ofSeconds(5));
    assertThat(pod.resolve("ended-in-order")).doesNotExist();
    assertThat(told).contains("The local cluster has died; ending what it has left: pods");
  }

  @Test
  void upSaysNothingOfADeathWhenNothingIsLeft() {
    assertThatThrownBy(() -> installation().up()).isInstanceOf(CliFailure.class);

    assertThat(told).noneMatch(line -> line.contains("died"));
  }

  @Test
  void downDoesNotWaitUntilSomebodyLooksAfterWhatHasEnded() throws IOException {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    started.add(parent);
    record(Part.STATUS, Long.parseLong(parent.inputReader().readLine()));

    CompletableFuture<Void> down = CompletableFuture.runAsync(() -> installation().down());

    assertThat(down).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void downLetsAServiceEndInOrder() throws IOException {
    Process service = runs(Part.STATUS, List.of());

    installation().down();

    assertThat(service.isAlive()).isFalse();
    assertThat(directory.resolve("ended-in-order")).exists();
    assertThat(told).isEmpty();
  }

  @Test
  void downSaysThatTheFirstTimeTakesLonger() throws IOException {
    runs(Part.STATUS, new ClassDataArchive(directory.resolve("status-service-1.jsa")).flags());

    installation().down();

    assertThat(told).singleElement().asString().contains("class data", "some seconds");
  }

  @Test
  void downKillsAFrozenServiceAtOnceAndSaysSo() throws Exception {
    Process service = runs(Part.STATUS, List.of());
    signal(service, "STOP");

    CompletableFuture<Void> down = CompletableFuture.runAsync(() -> installation().down());

    assertThat(down).succeedsWithin(Duration.ofSeconds(5));
    assertThat(service.onExit()).succeedsWithin(Duration.ofSeconds(5));
    assertThat(told)
        .containsExactly(
            "status-service (process " + service.pid() + ") was frozen and had to be killed");
  }

  @Test
  void downSaysWhichServiceItWaitsFor() throws Exception {
    String takesLong = "trap '' TERM; echo ready; read word";
    Process service = runsIn(directory, List.of("sh", "-c", takesLong));
    record(Part.STATUS, service.pid());

    CompletableFuture<Void> down = CompletableFuture.runAsync(() -> installation().down());

    assertThat(told.poll(15, TimeUnit.SECONDS))
        .isEqualTo(
            "status-service (process %d) does not stop yet; it is ended after 90 s", service.pid());
    service.outputWriter().close();
    assertThat(down).succeedsWithin(Duration.ofSeconds(5));
    assertThat(told).isEmpty();
  }

  @Test
  void downIsPatientWithAServiceThatWritesItsClassData() throws Exception {
    String takesLong = "trap 'sleep 7; exit' TERM; echo ready; while :; do sleep 0.05; done";
    List<String> command = new ArrayList<>(List.of("sh", "-c", takesLong, "sh"));
    command.addAll(new ClassDataArchive(directory.resolve("status-service-1.jsa")).flags());
    record(Part.STATUS, runsIn(directory, command).pid());

    CompletableFuture<Void> down = CompletableFuture.runAsync(() -> installation().down());

    assertThat(down).succeedsWithin(Duration.ofSeconds(25));
    assertThat(told).singleElement().asString().contains("class data", "some seconds");
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private Process runs(Part part, List<String> flags) throws IOException {
    Process process = runsService(directory, flags);
    record(part, process.pid());
    return process;
  }

  private void record(Part part, long pid) {
    ProcessRecord.running(pid)
        .orElseThrow()
        .write(new Home(directory, directory).create().run().resolve(part.id() + ".pid"));
  }

  private Process runsService(Path workingDirectory, List<String> flags) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", SERVICE, "sh"));
    command.addAll(flags);
    return runsIn(workingDirectory, command);
  }

  private Process runsIn(Path workingDirectory, List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).directory(workingDirectory.toFile()).start();
    started.add(process);
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  private Installation installation() {
    return new Installation(new Home(directory, directory), Map.of(), told::add);
  }
}
