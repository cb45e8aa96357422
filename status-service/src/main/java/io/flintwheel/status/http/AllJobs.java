package io.flintwheel.status.http;

import io.flintwheel.status.progress.DriverProgress;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;
import io.flintwheel.status.projection.StoredJob;
import java.util.List;
import java.util.OptionalLong;

/** All jobs: first those that have not ended, or what changed since, then every change. */
final class AllJobs implements Changes {

  static final int MOST_AT_ONCE = 500;

  private final JobQueries jobs;
  private final DriverProgress progress;
  private boolean catchingUp;
  private long last;
  private long upTo = -1;
  private boolean more;

  AllJobs(JobQueries jobs, DriverProgress progress, OptionalLong last) {
    this.jobs = jobs;
    this.progress = progress;
    this.catchingUp = last.isEmpty();
    this.last = last.orElse(0);
  }

  @Override
  public List<Change> next() throws StoreUnavailable {
    more = false;
    return catchingUp ? nextOpen() : nextChanged();
  }

  /** Jobs that change meanwhile go beyond {@code upTo}, and are told as changes afterwards. */
  private List<Change> nextOpen() throws StoreUnavailable {
    if (upTo < 0) {
      upTo = jobs.latestChange();
    }
    List<StoredJob> open = jobs.openAfter(last, MOST_AT_ONCE);
    catchingUp = open.size() == MOST_AT_ONCE && lastOf(open) < upTo;
    last = catchingUp ? lastOf(open) : upTo;
    more = true;
    return documents(open.stream().filter(job -> job.change() <= upTo).toList());
  }

  private List<Change> nextChanged() throws StoreUnavailable {
    List<StoredJob> changed = jobs.changedAfter(last, MOST_AT_ONCE);
    more = changed.size() == MOST_AT_ONCE;
    last = changed.isEmpty() ? last : lastOf(changed);
    return documents(changed);
  }

  @Override
  public boolean hasMore() {
    return more;
  }

  @Override
  public boolean isOver() {
    return false;
  }

  private static long lastOf(List<StoredJob> stored) {
    return stored.get(stored.size() - 1).change();
  }

  private List<Change> documents(List<StoredJob> stored) {
    return stored.stream()
        .map(job -> new Change(job.change(), JobDocument.of(job, progress.lastKnown(job.job()))))
        .toList();
  }
}
