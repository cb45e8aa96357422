package io.flintwheel.submitter.spark;

import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;

/**
 * Which attempt of which job a driver is, and the names that follow from it.
 *
 * <p>The names are a function of the request, so that making the same attempt twice meets the same
 * objects. All stay within 63 characters: {@code <45>-r<5 digits>-driver-svc}.
 *
 * @param attempt from 1 to {@link JobRequested#LAST_ATTEMPT}
 * @param resourceName what the names start with; the job id unless the request says otherwise
 */
public record DriverIdentity(JobId jobId, int attempt, String namespace, String resourceName) {

  public DriverIdentity {
    if (attempt < 1 || attempt > JobRequested.LAST_ATTEMPT) {
      throw new IllegalArgumentException(
          "attempt must be 1 to " + JobRequested.LAST_ATTEMPT + ": " + attempt);
    }
  }

  /** What every name of this attempt starts with. */
  public String prefix() {
    return attempt == 1 ? resourceName : resourceName + "-r" + attempt;
  }

  public String podName() {
    return prefix() + "-driver";
  }

  public String serviceName() {
    return podName() + "-svc";
  }

  public String configMapName() {
    return configMapOf(podName());
  }

  /** What a driver pod cannot start without. */
  public static String configMapOf(String podName) {
    return podName + "-conf-map";
  }

  /** Spark's application id; looks like the one that spark-submit makes, but is no surprise. */
  public String applicationId() {
    return "spark-" + EventId.digest(jobId, namespace, attempt).substring(0, 32);
  }
}
