package io.flintwheel.submitter.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.submitter.DaemonThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes back drivers of attempts that cannot be submitted.
 *
 * <p>The mark on the pod is the decision, and holds why: whoever handles a request for the attempt
 * finds it and tells the same. The pod stays until every replica has heard that the attempt failed,
 * since its name is what keeps them from making another; without its ConfigMap it cannot start. One
 * that can is deleted at once.
 */
@ApplicationScoped
public class Withdrawal {

  /** Of a driver whose attempt was told as failed by somebody else. */
  public static final Failure TOLD_BEFORE =
      Failure.of(
          FailureClass.SUBMISSION, "Withdrawn", "it was told before that its attempt failed");

  private static final Logger LOG = Logger.getLogger(Withdrawal.class);

  /** More than a replica that begins something may be behind with what was told. */
  private static final long HEARD_BY_ALL_SECONDS = 5;

  private final Cluster cluster;
  private final DriverSearch search;
  private final Executor later;

  @Inject
  Withdrawal(Cluster cluster, DriverSearch search) {
    this(
        cluster,
        search,
        CompletableFuture.delayedExecutor(
            HEARD_BY_ALL_SECONDS, TimeUnit.SECONDS, DaemonThreads.pool(1, "withdrawal")));
  }

  /** Runs what must not be done before every replica has heard what was told, later. */
  Withdrawal(Cluster cluster, DriverSearch search, Executor later) {
    this.cluster = cluster;
    this.search = search;
    this.later = later;
  }

  /** Why a marked driver was taken back. */
  static Submission.Refused reason(Pod withdrawn) {
    try {
      return new Submission.Refused(
          EventJson.mapper()
              .readValue(DriverPods.annotation(withdrawn, JobLabels.WITHDRAWN), Failure.class));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return new Submission.Refused(
          Failure.of(FailureClass.SUBMISSION, "Withdrawn", "it could not be submitted whole"));
    }
  }

  /**
   * Takes back a driver that has not started.
   *
   * @param startsWith what it cannot start without
   * @return why it failed, or that it was submitted when somebody else has completed it meanwhile
   */
  Submission withdraw(Pod pod, ConfigMap startsWith, Submission.Refused why) {
    Optional<Pod> now =
        cluster
            .findPod(pod.getMetadata().getNamespace(), pod.getMetadata().getName())
            .filter(there -> there.getMetadata().getUid().equals(pod.getMetadata().getUid()));
    if (now.isEmpty()) {
      return why;
    }
    if (DriverPods.isWithdrawn(now.get())) {
      return taken(now.get(), startsWith);
    }
    if (!DriverPods.isWaiting(now.get()) && isOwned(startsWith, now.get())) {
      return DriverPods.submitted(now.get(), false);
    }
    return mark(now.get(), why.failure()) ? taken(now.get(), startsWith, why) : why;
  }

  /** What became of a marked driver, which may have been given its ConfigMap at the same time. */
  Submission.Refused taken(Pod withdrawn, ConfigMap startsWith) {
    return taken(withdrawn, startsWith, reason(withdrawn));
  }

  private Submission.Refused taken(Pod withdrawn, ConfigMap startsWith, Submission.Refused why) {
    if (find(startsWith).isPresent()) {
      cluster.delete(withdrawn);
    }
    return why;
  }

  /**
   * Stops what anybody has made of an attempt of which it was told that it failed. Who makes a
   * driver listens after that, and who tells that it failed looks after that, so one of them sees
   * the other.
   */
  public void stopAll(JobId jobId, int attempt, Failure failure) {
    try {
      search.of(jobId).drivers().stream()
          .filter(pod -> DriverPods.attempt(pod) == attempt)
          .filter(pod -> !DriverPods.hasEnded(pod) && !DriverPods.isBeingDeleted(pod))
          .forEach(pod -> stop(pod, failure));
    } catch (ClusterRefusalException | ClusterUnavailableException e) {
      LOG.debugf(e, "the sweep looks for drivers of a job that failed; job=%s", jobId);
    }
  }

  /** Marks and deletes a driver whose attempt is known to have failed. */
  void stop(Pod pod, Failure failure) {
    if (mark(pod, failure)) {
      cluster.delete(pod);
    }
  }

  /** Removes what was taken back of an attempt, once all have heard what was told of it. */
  public void removeSoon(JobId jobId, int attempt) {
    later.execute(
        () -> {
          try {
            search.of(jobId).drivers().stream()
                .filter(pod -> DriverPods.attempt(pod) == attempt && DriverPods.isWithdrawn(pod))
                .forEach(this::remove);
          } catch (ClusterRefusalException | ClusterUnavailableException e) {
            LOG.debugf(e, "the sweep removes a driver that was taken back; job=%s", jobId);
          }
        });
  }

  /** Deletes a marked driver of which all have heard. */
  void remove(Pod withdrawn) {
    try {
      cluster.delete(withdrawn);
    } catch (ClusterRefusalException | ClusterUnavailableException e) {
      LOG.debugf(e, "a driver that was taken back stays for now");
    }
  }

  private boolean mark(Pod pod, Failure failure) {
    return cluster.annotate(
        pod, JobLabels.WITHDRAWN, EventJson.mapper().valueToTree(failure).toString());
  }

  private boolean isOwned(ConfigMap startsWith, Pod pod) {
    return find(startsWith)
        .filter(
            there ->
                there.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> pod.getMetadata().getUid().equals(owner.getUid())))
        .isPresent();
  }

  private Optional<ConfigMap> find(ConfigMap configMap) {
    return cluster.findConfigMap(
        configMap.getMetadata().getNamespace(), configMap.getMetadata().getName());
  }
}
