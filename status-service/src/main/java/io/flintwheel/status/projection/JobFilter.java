package io.flintwheel.status.projection;

import io.flintwheel.events.job.JobState;
import io.flintwheel.events.schedule.ScheduleId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which jobs, newest first.
 *
 * @param states any of these; all when empty
 * @param labels all of these
 * @param before only jobs older than the one with this {@link StoredJob#created}
 * @param limit at most so many
 */
public record JobFilter(
    Set<JobState> states,
    Optional<String> namespace,
    Optional<ScheduleId> schedule,
    Map<String, String> labels,
    OptionalLong before,
    int limit) {

  public JobFilter {
    states = Set.copyOf(states);
    labels = Map.copyOf(labels);
  }

  /** The same jobs, more or fewer of them. */
  public JobFilter withLimit(int other) {
    return new JobFilter(states, namespace, schedule, labels, before, other);
  }
}
