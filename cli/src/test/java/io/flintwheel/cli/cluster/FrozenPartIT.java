package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell that has stopped itself stands for each part. */
class FrozenPartIT {

  @TempDir Path directory;

  private Process frozen;

  @BeforeEach
  void freeze() throws IOException {
    frozen = new ProcessBuilder("sh", "-c", "kill -STOP $$").start();
    Home home = new Home(directory, directory).create();
    for (Part part : Part.values()) {
      ProcessRecord.running(frozen.pid())
          .orElseThrow()
          .write(home.run().resolve(part.id() + ".pid"));
    }
    Await.until(
        Duration.ofSeconds(10),
        () -> ProcessRecord.isFrozen(frozen.pid()),
        () -> {},
        () -> new IllegalStateException("it runs on"));
  }

  @AfterEach
  void end() {
    frozen.destroyForcibly();
  }

  @Test
  void isToldAsFrozen() {
    List<PartStatus> parts = installation().status();

    Map<Part, Health> health =
        parts.stream().collect(Collectors.toMap(PartStatus::part, PartStatus::health));
    assertThat(health)
        .hasSize(Part.values().length)
        .allSatisfy(
            (part, told) -> assertThat(told).isEqualTo(new Health(false, List.of("is frozen"))));
  }

  @Test
  void isToldToWhoeverWaitsForIt() {
    Optional<String> remedy = installation().remedy("http://127.0.0.1:" + Port.STATUS.standard());

    assertThat(remedy)
        .contains("it is frozen: kill -CONT %d lets it go on".formatted(frozen.pid()));
  }

  @Test
  void isNotWaitedForByUp() {
    CompletableFuture<Void> up = CompletableFuture.runAsync(() -> installation().up());

    assertThat(up)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining(
            "local-cluster does not answer; it is frozen: kill -CONT %d lets it go on",
            frozen.pid());
  }

  @Test
  void isToldToWhoeverWantsItsKafka() {
    new LocalEnv(Map.of()).write(directory.resolve("run/ports.env"));

    assertThatThrownBy(
            () -> installation().requireNotFrozenIfOwn("127.0.0.1:" + Port.KAFKA.standard()))
        .isInstanceOf(CliFailure.class)
        .hasMessageEndingWith("kill -CONT %d lets it go on", frozen.pid());
  }

  @Test
  void isNobodysWhoUsesAnotherKafka() {
    new LocalEnv(Map.of()).write(directory.resolve("run/ports.env"));

    assertThatCode(() -> installation().requireNotFrozenIfOwn("kafka.example.com:9092"))
        .doesNotThrowAnyException();
  }

  private Installation installation() {
    return new Installation(new Home(directory, directory), Map.of(), line -> {});
  }
}
