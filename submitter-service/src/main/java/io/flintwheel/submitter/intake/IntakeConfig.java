package io.flintwheel.submitter.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

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
   * taken past them, as far as {@link #maxSpan} lets them.
   */
  @WithDefault("256")
  @Min(1)
  int maxInFlight();

  /**
   * How many records of a partition may have been read from its first unfinished request on. At
   * that many the partition is not read further, for no namespace, until that request is done; a
   * job belongs to a partition by its id, so jobs of every namespace wait there, and the jobs of
   * the other partitions go on. The metric {@code flintwheel.submitter.partitions.held} counts such
   * partitions. More costs memory, and reading up to so many records again whenever a namespace
   * that was stuck gets on.
   */
  @WithDefault("2000")
  @Min(1)
  @Max(20_000)
  int maxSpan();

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
   * How far back a starting service reads the topics for jobs of which Kubernetes may keep no trace
   * any more: a job that has had a driver or was cancelled since then, wherever, is not run again
   * when its request comes again, and another request under its id is a conflict. More takes longer
   * to read, at each start; the last 10,000 jobs are remembered. ISO-8601, at least PT0S.
   */
  @WithDefault("PT24H")
  @DurationMin
  Duration jobMemory();

  /**
   * How long a refusal about what the submitter may do (403) is taken for one that passes: a new
   * Role, or an API server that has just started, is known everywhere only after seconds. Then the
   * request is answered with the refusal. ISO-8601, such as {@code PT30S}; at least PT0S, which
   * believes the first.
   */
  @WithDefault("PT30S")
  @DurationMin
  Duration patienceWithRights();

  /**
   * How long a request that could not be handled waits before it is tried again; twice as long each
   * further time. ISO-8601; at least PT0.001S.
   */
  @WithDefault("PT0.1S")
  @DurationMin(millis = 1)
  Duration firstRetry();

  /**
   * The most that a request waits between two tries, unless Kubernetes asks for more. What was in
   * trouble goes on at latest this long after the trouble has ended, and asks no oftener while it
   * lasts. ISO-8601; not less than {@code first-retry}, or the service does not start.
   */
  @WithDefault("PT5S")
  @DurationMin(millis = 1)
  Duration longestRetry();
}
