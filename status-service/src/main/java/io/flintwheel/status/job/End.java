package io.flintwheel.status.job;

import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.JobLifecycle;
import io.flintwheel.events.job.JobState;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, and when. */
public record End(JobState state, Instant at, @Nullable Failure failure) {

  private static final Comparator<End> STRONGER =
      Comparator.<End>comparingInt(end -> JobLifecycle.rankOf(end.state))
          // Of two ends of a kind the first is the end: what is told later cannot move it.
          .thenComparing(End::at, Comparator.reverseOrder())
          .thenComparing(end -> String.valueOf(end.failure));

  static End stronger(@Nullable End known, End told) {
    return known == null || STRONGER.compare(told, known) > 0 ? told : known;
  }
}
