package io.flintwheel.submitter.http;

import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobRequested;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lately came with an {@code Idempotency-Key}, so that a key that is used for two requests is
 * answered at once.
 *
 * <p>It is a courtesy of this process, for its last {@value #KEPT} keys: the service keeps no
 * state. Asking again is the same job whatever this remembers, since the key, or the job id that
 * comes with it, is what makes the event and the job. What slips through a restart or another
 * replica is a wrong use: without a job id, {@code job.conflicted} tells it; under another job id
 * it is another job.
 */
@Singleton
class IdempotencyKeys {

  private static final int KEPT = 10_000;

  private final Map<String, String> requests =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > KEPT;
        }
      };

  /** Whether the key is new or came with the same request before. */
  synchronized boolean admit(EventId key, JobRequested request) {
    String digest =
        EventId.digest(
            request.jobId(),
            request.namespace(),
            new TreeMap<>(request.labels()),
            request.spec().digest());
    String known = requests.putIfAbsent(key.value(), digest);
    return known == null || known.equals(digest);
  }
}
