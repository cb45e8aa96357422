package io.flintwheel.status.health;

import io.flintwheel.events.job.JobState;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** How many jobs are in each state, counted in the database now and then. */
@Singleton
class JobMetrics {

  private final JobQueries jobs;
  private volatile Map<JobState, Long> counts = Map.of();

  JobMetrics(JobQueries jobs, MeterRegistry registry) {
    this.jobs = jobs;
    for (JobState state : JobState.values()) {
      if (state != JobState.UNKNOWN) {
        Gauge.builder("flintwheel.jobs", () -> counts.getOrDefault(state, 0L))
            .description("Jobs in a state; the same number from every replica")
            .tag("state", state.name())
            .register(registry);
      }
    }
  }

  @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void count() {
    try {
      counts = new EnumMap<>(jobs.countByState());
    } catch (StoreUnavailable | IllegalArgumentException e) {
      // The numbers of before are better than none; readiness tells of the database.
      counts = Map.copyOf(counts);
    }
  }
}
