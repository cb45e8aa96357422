package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this process was asked for lately: so that a request that comes again does not bring back a
 * job that was cancelled, and a cancel of a job without a driver can tell its namespace. It forgets
 * when the process ends; what is committed on the topic is not delivered again, so that only
 * concerns a publisher who sends a request anew.
 */
@ApplicationScoped
class RecentJobs {

  private static final int REMEMBERED = 10_000;

  private final Map<JobId, Integer> cancelled = new Recent<>();
  private final Map<JobId, String> namespaces = new Recent<>();

  synchronized void requested(JobId jobId, String namespace) {
    namespaces.put(jobId, namespace);
  }

  synchronized void cancelled(JobId jobId, int lastAttempt) {
    cancelled.merge(jobId, lastAttempt, Math::max);
  }

  /** A later attempt than the cancelled is a new decision of the scheduler. */
  synchronized boolean isCancelled(JobId jobId, int attempt) {
    return attempt <= cancelled.getOrDefault(jobId, 0);
  }

  /** Where the job was asked to run. */
  synchronized Optional<String> namespace(JobId jobId) {
    return Optional.ofNullable(namespaces.get(jobId));
  }

  private static final class Recent<V> extends LinkedHashMap<JobId, V> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<JobId, V> eldest) {
      return size() > REMEMBERED;
    }
  }
}
