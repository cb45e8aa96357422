package io.flintwheel.local.node;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what a node asks first of an API server that is slow, starting or away. What it
 * refuses on purpose, say for want of rights, is not tried again.
 */
final class StartupRetry {

  private static final Logger LOG = LoggerFactory.getLogger(StartupRetry.class);
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 422);

  private final Clock clock;
  private final Duration patience;

  /**
   * @param patience how long to try; the last failure is thrown then
   */
  StartupRetry(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  void run(String what, Runnable request) {
    Instant end = clock.instant().plus(patience);
    Duration pause = FIRST;
    while (true) {
      try {
        request.run();
        return;
      } catch (KubernetesClientException e) {
        if (REFUSALS.contains(e.getCode()) || clock.instant().plus(pause).isAfter(end)) {
          throw e;
        }
        LOG.warn("Node waits for the API server to={} cause={}", what, e.getMessage());
      }
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KubernetesClientException("interrupted while waiting for the API server", e);
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
  }
}
