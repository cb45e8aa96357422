package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stops drivers. */
@ApplicationScoped
public class Cancellation {

  /** An annotation cannot say "no reason". */
  private static final String NO_REASON = "cancelled";

  private final Cluster cluster;
  private final DriverSearch search;

  Cancellation(Cluster cluster, DriverSearch search) {
    this.cluster = cluster;
    this.search = search;
  }

  /**
   * Deletes the drivers of a job that have not ended, after marking them, so that nobody takes the
   * deletion for a loss.
   *
   * @param namespace where the job was asked to run, if that is known
   * @throws ClusterRefusalException when a driver may not be stopped, all others being stopped; or
   *     when there is none, and one may be where nobody could look
   */
  public Outcome cancel(JobId jobId, Optional<String> namespace, @Nullable String reason) {
    return cancel(jobId, namespace, reason, Integer.MAX_VALUE);
  }

  /**
   * The same for attempts up to one.
   *
   * @throws ClusterRefusalException as above
   */
  public Outcome cancel(
      JobId jobId, Optional<String> namespace, @Nullable String reason, int lastAttempt) {
    List<Pod> drivers =
        drivers(jobId, namespace).stream()
            .filter(driver -> DriverPods.attempt(driver) <= lastAttempt)
            .toList();
    List<ClusterRefusalException> refusals = new ArrayList<>();
    for (Pod driver : drivers) {
      try {
        stop(driver, reason);
      } catch (ClusterRefusalException e) {
        refusals.add(e);
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.get(0);
    }
    return new Outcome(
        !drivers.isEmpty(),
        drivers.isEmpty() || drivers.stream().anyMatch(Cancellation::isStopped),
        Stream.concat(Stream.of(1), drivers.stream().map(DriverPods::attempt))
            .mapToInt(Integer::intValue)
            .max()
            .orElse(1),
        drivers.stream().flatMap(driver -> Specification.of(driver).stream()).findFirst());
  }

  /**
   * Whether there is a driver pod of the job, ended or not.
   *
   * @param namespace where the job was asked to run, if that is known
   * @throws ClusterRefusalException when none is seen, and one may be where nobody could look
   */
  public boolean knows(JobId jobId, Optional<String> namespace) {
    return !drivers(jobId, namespace).isEmpty();
  }

  /**
   * Whether there is a driver pod of one attempt, ended or not.
   *
   * @param namespace where the job was asked to run, if that is known
   * @throws ClusterRefusalException when none of the job is seen, and one may be where nobody could
   *     look
   */
  public boolean knows(JobId jobId, int attempt, Optional<String> namespace) {
    return drivers(jobId, namespace).stream()
        .anyMatch(driver -> DriverPods.attempt(driver) == attempt);
  }

  /**
   * Whether there is a driver pod of the job that no cancel has met.
   *
   * @param namespace where the job was asked to run, if that is known
   * @throws ClusterRefusalException when none is seen, and one may be where nobody could look
   */
  public boolean knowsUncancelled(JobId jobId, Optional<String> namespace) {
    return drivers(jobId, namespace).stream()
        .anyMatch(driver -> DriverPods.annotation(driver, JobLabels.CANCEL_REQUESTED) == null);
  }

  /**
   * Now or by an earlier cancel; a driver that ended by itself was not stopped by anybody, and of
   * one that was taken back it is told that it failed.
   */
  private static boolean isStopped(Pod driver) {
    return !DriverPods.hasEnded(driver)
        || (!DriverPods.isWithdrawn(driver)
            && DriverPods.annotation(driver, JobLabels.CANCEL_REQUESTED) != null);
  }

  /** Marks and deletes a driver, if it has not ended and nobody has done so. */
  void stop(Pod driver, @Nullable String reason) {
    boolean stoppable = !DriverPods.hasEnded(driver) && !DriverPods.isBeingDeleted(driver);
    String mark = reason == null || reason.isBlank() ? NO_REASON : reason;
    if (stoppable && cluster.annotate(driver, JobLabels.CANCEL_REQUESTED, mark)) {
      cluster.delete(driver);
    }
  }

  private List<Pod> drivers(JobId jobId, Optional<String> namespace) {
    DriverSearch.Found found = search.of(jobId);
    return found.drivers().isEmpty() ? found.requireSeen(namespace).drivers() : found.drivers();
  }

  /**
   * What was found.
   *
   * @param hadDriver whether there is or was a driver pod, whose end the status service tells
   * @param ended whether the job ends by it; false when it had ended by itself before
   * @param lastAttempt the highest attempt that is known
   * @param of what the driver was made from, if there is one that tells it
   */
  public record Outcome(
      boolean hadDriver, boolean ended, int lastAttempt, Optional<Specification> of) {}
}
