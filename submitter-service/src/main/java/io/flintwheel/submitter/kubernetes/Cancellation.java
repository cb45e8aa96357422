package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.submitter.policy.NamespacePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stops drivers. */
@ApplicationScoped
public class Cancellation {

  /** An annotation cannot say "no reason". */
  private static final String NO_REASON = "cancelled";

  private final Cluster cluster;
  private final NamespacePolicy namespaces;

  Cancellation(Cluster cluster, NamespacePolicy namespaces) {
    this.cluster = cluster;
    this.namespaces = namespaces;
  }

  /**
   * Deletes the drivers of a job that have not ended, after marking them, so that nobody takes the
   * deletion for a loss.
   */
  public Outcome cancel(JobId jobId, @Nullable String reason) {
    List<Pod> drivers = drivers(jobId);
    for (Pod driver : drivers) {
      boolean stoppable = !DriverPods.hasEnded(driver) && !DriverPods.isBeingDeleted(driver);
      if (stoppable
          && cluster.annotate(
              driver,
              JobLabels.CANCEL_REQUESTED,
              reason == null || reason.isBlank() ? NO_REASON : reason)) {
        cluster.delete(driver);
      }
    }
    return new Outcome(
        !drivers.isEmpty(),
        Stream.concat(Stream.of(1), drivers.stream().map(DriverPods::attempt))
            .mapToInt(Integer::intValue)
            .max()
            .orElse(1));
  }

  /** Whether there is a driver pod of the job, ended or not. */
  public boolean knows(JobId jobId) {
    return !drivers(jobId).isEmpty();
  }

  private List<Pod> drivers(JobId jobId) {
    return namespaces.allowed().stream()
        .flatMap(namespace -> cluster.driversOf(namespace, jobId).stream())
        .toList();
  }

  /**
   * What was found.
   *
   * @param hadDriver whether there is or was a driver pod, whose end the status service tells
   * @param lastAttempt the highest attempt that is known
   */
  public record Outcome(boolean hadDriver, int lastAttempt) {}
}
