package io.flintwheel.status.http;

import io.flintwheel.events.job.JobState;
import io.flintwheel.status.job.Job;
import io.flintwheel.status.progress.Progress;
import io.flintwheel.status.projection.StoreUnavailable;
import io.flintwheel.status.projection.StoredJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One job: its document now, and again when the job or its progress has changed, until it and its
 * executors have ended.
 */
final class OneJob implements Changes {

  private final Source source;
  private final Duration settle;
  private final Clock clock;
  private long last;
  private Optional<Progress> lastProgress = Optional.empty();
  private @Nullable Instant endSeen;
  private boolean over;

  /**
   * @param last the change that the reader has seen last
   * @param settle how long executors of a job that has ended are waited for
   */
  OneJob(Source source, OptionalLong last, Duration settle, Clock clock) {
    this.source = source;
    this.last = last.orElse(-1);
    this.settle = settle;
    this.clock = clock;
  }

  /** Where the job comes from. */
  record Source(Find find, Function<Job, Optional<Progress>> progress) {}

  /** Reads the job as it is stored. */
  @FunctionalInterface
  interface Find {
    Optional<StoredJob> find() throws StoreUnavailable;
  }

  @Override
  public List<Change> next() throws StoreUnavailable {
    Optional<StoredJob> found = source.find().find();
    if (found.isEmpty() || over) {
      return List.of();
    }
    StoredJob stored = found.get();
    Job job = stored.job();
    Optional<Progress> now =
        job.state() == JobState.RUNNING ? source.progress().apply(job) : Optional.empty();
    over = job.state().isTerminal() && (haveExecutorsEnded(job) || hasWaitedEnough());
    if (stored.change() <= last && now.equals(lastProgress)) {
      return List.of();
    }
    last = stored.change();
    lastProgress = now;
    return List.of(new Change(stored.change(), JobDocument.of(stored, now)));
  }

  private static boolean haveExecutorsEnded(Job job) {
    return job.currentAttempt().executors().values().stream()
        .allMatch(executor -> executor.state().isTerminal());
  }

  private boolean hasWaitedEnough() {
    Instant now = clock.instant();
    endSeen = endSeen == null ? now : endSeen;
    return !now.isBefore(endSeen.plus(settle));
  }

  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public boolean isOver() {
    return over;
  }
}
