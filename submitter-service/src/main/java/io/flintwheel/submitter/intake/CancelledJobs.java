package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The jobs this process cancelled lately, so that a request that comes again does not bring one
 * back. It forgets when the process ends; what is committed on the topic is not delivered again, so
 * that only concerns a publisher who sends a request anew.
 */
@ApplicationScoped
class CancelledJobs {

  private static final int REMEMBERED = 10_000;

  private final Map<JobId, Integer> attempts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized void add(JobId jobId, int lastAttempt) {
    attempts.merge(jobId, lastAttempt, Math::max);
  }

  /** A later attempt than the cancelled is a new decision of the scheduler. */
  synchronized boolean contains(JobId jobId, int attempt) {
    return attempt <= attempts.getOrDefault(jobId, 0);
  }
}
