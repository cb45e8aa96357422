package io.flintwheel.status.http;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import io.flintwheel.status.progress.DriverProgress;
import io.flintwheel.status.progress.Progress;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;
import io.flintwheel.status.projection.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One job: its document now, and again when the job or its progress has changed, until it ends. */
final class OneJob implements Changes {

  private final JobQueries jobs;
  private final DriverProgress progress;
  private final JobId jobId;
  private long last;
  private Optional<Progress> lastProgress = Optional.empty();
  private boolean over;

  OneJob(JobQueries jobs, DriverProgress progress, JobId jobId, OptionalLong last) {
    this.jobs = jobs;
    this.progress = progress;
    this.jobId = jobId;
    this.last = last.orElse(-1);
  }

  @Override
  public List<Change> next() throws StoreUnavailable {
    Optional<StoredJob> found = jobs.find(jobId);
    if (found.isEmpty() || over) {
      return List.of();
    }
    StoredJob job = found.get();
    Optional<Progress> now =
        job.job().state() == JobState.RUNNING ? progress.of(job.job()) : Optional.empty();
    over = job.job().state().isTerminal();
    if (job.change() <= last && now.equals(lastProgress)) {
      return List.of();
    }
    last = job.change();
    lastProgress = now;
    return List.of(new Change(job.change(), JobDocument.of(job, now)));
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
