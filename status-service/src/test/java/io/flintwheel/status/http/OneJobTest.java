package io.flintwheel.status.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.status.job.Job;
import io.flintwheel.status.projection.StoredJob;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OneJobTest {

  private static final JobId PI = new JobId("pi");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private @Nullable Job job;
  private long change;
  private Instant now = NOON;
  private final OneJob changes =
      new OneJob(
          new OneJob.Source(
              () -> Optional.ofNullable(job).map(known -> new StoredJob(known, 1, change, NOON)),
              any -> Optional.empty()),
          OptionalLong.empty(),
          SETTLE,
          new TestClock());

  @Test
  void isOverAtOnceWhenTheJobEndsAfterItsExecutors() throws Exception {
    executor(ExecutorState.SUCCEEDED);
    succeeded();

    List<Changes.Change> told = changes.next();

    assertThat(told).hasSize(1);
    assertThat(changes.isOver()).isTrue();
  }

  @Test
  void tellsTheEndOfAnExecutorThatOutlivedItsJob() throws Exception {
    executor(ExecutorState.RUNNING);
    succeeded();
    assertThat(changes.next()).hasSize(1);
    assertThat(changes.isOver()).isFalse();
    executor(ExecutorState.SUCCEEDED);

    List<Changes.Change> told = changes.next();

    assertThat(told)
        .singleElement()
        .satisfies(
            last ->
                assertThat(last.job().executors())
                    .extracting(JobDocument.ExecutorDocument::state)
                    .containsExactly(ExecutorState.SUCCEEDED));
    assertThat(changes.isOver()).isTrue();
  }

  @Test
  void isOverWhenAnExecutorDoesNotEndInTime() throws Exception {
    executor(ExecutorState.RUNNING);
    succeeded();
    changes.next();
    now = NOON.plus(SETTLE).minusMillis(1);
    changes.next();
    assertThat(changes.isOver()).isFalse();
    now = NOON.plus(SETTLE);

    List<Changes.Change> told = changes.next();

    assertThat(told).isEmpty();
    assertThat(changes.isOver()).isTrue();
  }

  private void executor(ExecutorState state) {
    tell(new ExecutorChanged(PI, "default", 1, "1", PodRef.of("pi-exec-1", "e"), state, null));
  }

  private void succeeded() {
    tell(
        new JobSucceeded(
            PI, "default", 1, PodRef.of("pi-driver", "d"), NOON, NOON.plusSeconds(60)));
  }

  private void tell(JobFact fact) {
    change++;
    job =
        Job.tell(job, new Event<>(EventId.of(change), URI.create("urn:test"), NOON, fact))
            .orElseThrow();
  }

  private final class TestClock extends Clock {

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
