package io.flintwheel.status.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.status.KafkaConfig;
import io.flintwheel.status.KafkaConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class KafkaFactSinkIT {

  /** Of reading, which does not matter here. */
  private record Settings(int batchSize, Duration sessionTimeout) implements KafkaConfig {}

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** At a name that never resolves (RFC 6761). */
  private final KafkaFactSink sink =
      new KafkaFactSink(
          new KafkaConnection(
              Map.of("bootstrap.servers", "kafka.nowhere.invalid:9092"),
              new Settings(1, Duration.ofSeconds(10))),
          new SimpleMeterRegistry());

  @Test
  void refusesAFactWhileTheNameOfKafkaDoesNotResolve() {
    CompletionStage<Void> told = sink.tell(running("pi"));

    assertThat(told.toCompletableFuture()).isCompletedExceptionally();
    sink.stop(new ShutdownEvent());
  }

  private static Event<JobFact> running(String jobId) {
    return new Event<>(
        EventId.of(jobId),
        URI.create("urn:test"),
        NOW,
        new JobRunning(new JobId(jobId), "default", 1, PodRef.of("pi-driver", "uid"), NOW));
  }
}
