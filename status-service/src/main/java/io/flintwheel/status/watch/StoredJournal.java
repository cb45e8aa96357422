package io.flintwheel.status.watch;

import io.flintwheel.events.job.JobId;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;

/** What PostgreSQL has of it. */
record StoredJournal(JobQueries jobs) implements PodJournal {

  @Override
  public boolean isCancelRequested(JobId jobId, int attempt) throws StoreUnavailable {
    return jobs.find(jobId).filter(job -> job.job().isCancelRequested(attempt)).isPresent();
  }

  @Override
  public boolean hasEnded(JobId jobId, int attempt) throws StoreUnavailable {
    return jobs.find(jobId)
        .map(job -> job.job().attempts().get(attempt))
        .filter(known -> known.state().isTerminal())
        .isPresent();
  }
}
