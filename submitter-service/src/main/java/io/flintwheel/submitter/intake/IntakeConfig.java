package io.flintwheel.submitter.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How requests are taken from Kafka. */
@ConfigMapping(prefix = "flintwheel.submitter.intake")
public interface IntakeConfig {

  /** How many jobs of a namespace are worked on at once; each needs a thread and a connection. */
  @WithDefault("16")
  @Min(1)
  @Max(256)
  int concurrency();

  /**
   * How many requests of a namespace may be taken and not done. When its namespace takes no pods,
   * this many wait here and the rest stays on the topic, while requests for other namespaces are
   * taken past them. That ends where a partition's first unfinished request is 2,000 records
   * behind: the partition is not read further, for no namespace, until that request is done.
   */
  @WithDefault("256")
  @Min(1)
  int maxInFlight();

  /**
   * How long a stopping service, or one whose partitions go to another replica, waits for the
   * requests that it is working on right now; usually that is milliseconds. At least what one call
   * to Kubernetes can take (the client's connection and request timeout, 13 s by default), or the
   * service does not start: a create that is still under way must have ended before another replica
   * takes over and perhaps cancels that job. Whatever else is half done is safe: the next delivery
   * goes on where it ended. Give the process this long before it is killed.
   */
  @WithDefault("15s")
  Duration drainTimeout();

  /**
   * The longest pause before a request is tried again, while the API server or the broker is away;
   * the first is 0.1 s, each next twice as long, and a random half of it is left out. ISO-8601; at
   * least 0.1 s.
   */
  @WithDefault("PT5S")
  Duration longestPause();

  /**
   * How long the API server may answer that the submitter itself may not do it (403, not of a quota
   * or an admission rule) before the job is told as failed: an API server that has just started
   * does not know all roles yet. ISO-8601.
   */
  @WithDefault("PT30S")
  Duration patienceWithRights();
}
