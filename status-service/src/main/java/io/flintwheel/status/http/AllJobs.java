package io.flintwheel.status.http;

import io.flintwheel.status.progress.DriverProgress;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;
import io.flintwheel.status.projection.StoredJob;
import java.util.List;
import java.util.OptionalLong;

/** All jobs: first those that have not ended, or what changed since, then every change. */
final class AllJobs implements Changes {

  private static final int MOST_AT_ONCE = 500;

  private final JobQueries jobs;
  private final DriverProgress progress;
  private boolean started;
  private long last;

  AllJobs(JobQueries jobs, DriverProgress progress, OptionalLong last) {
    this.jobs = jobs;
    this.progress = progress;
    this.started = last.isPresent();
    this.last = last.orElse(0);
  }

  @Override
  public List<Change> next() throws StoreUnavailable {
    if (!started) {
      long latest = jobs.latestChange();
      List<Change> open = changes(jobs.open(MOST_AT_ONCE));
      last = latest;
      started = true;
      return open;
    }
    List<StoredJob> changed = jobs.changedAfter(last, MOST_AT_ONCE);
    if (!changed.isEmpty()) {
      last = changed.get(changed.size() - 1).change();
    }
    return changes(changed);
  }

  @Override
  public boolean isOver() {
    return false;
  }

  private List<Change> changes(List<StoredJob> stored) {
    return stored.stream()
        .map(job -> new Change(job.change(), JobDocument.of(job, progress.lastKnown(job.job()))))
        .toList();
  }
}
