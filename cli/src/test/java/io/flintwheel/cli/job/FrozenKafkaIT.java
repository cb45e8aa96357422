package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.cloudevent.EventRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that lets the kernel connect and says nothing. */
class FrozenKafkaIT {

  private static final Duration SHORT = Duration.ofSeconds(2);

  private ServerSocket frozen;

  @BeforeEach
  void freeze() throws IOException {
    // The clients log pages.
    LogManager.getLogManager().reset();
    frozen = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    frozen.close();
  }

  @Test
  void doesNotAnswerWhoeverPublishes() {
    EventRecord record = new EventRecord("pi", List.of(), "{}".getBytes(StandardCharsets.UTF_8));

    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () -> {
              try (JobPublisher publisher = new JobPublisher(address(), SHORT)) {
                publisher.publish(record);
              }
            });

    // Not the 30 s that closing takes by itself.
    assertThat(publishing)
        .failsWithin(Duration.ofSeconds(15))
        .withThrowableThat()
        .withCauseInstanceOf(CliFailure.class)
        .withMessageContaining("Kafka at " + address() + " does not answer");
  }

  @Test
  void doesNotAnswerWhoeverListens() {
    assertThatThrownBy(() -> Verdicts.listen(address(), SHORT))
        .isInstanceOf(CliFailure.class)
        .hasMessage("Kafka at %s does not answer", address());
  }

  private String address() {
    return "127.0.0.1:" + frozen.getLocalPort();
  }
}
