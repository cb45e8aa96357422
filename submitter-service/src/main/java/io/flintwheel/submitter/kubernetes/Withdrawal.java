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
import io.flintwheel.submitter.spark.DriverIdentity;
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
 * that can is deleted as soon as it is told.
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
   * Takes back a driver that is not whole; its ConfigMap is made last.
   *
   * @return why it failed, or that it was submitted when somebody else has completed it meanwhile
   */
  Submission withdraw(Pod pod, Submission.Refused why) {
    Optional<Pod> now =
        cluster
            .findPod(pod.getMetadata().getNamespace(), pod.getMetadata().getName())
            .filter(there -> there.getMetadata().getUid().equals(pod.getMetadata().getUid()));
    if (now.isEmpty()) {
      return why;
    }
    if (DriverPods.isWithdrawn(now.get())) {
      return reason(now.get());
    }
    if (isWhole(now.get())) {
      return DriverPods.submitted(now.get(), false);
    }
    cluster.annotateAsSeen(now.get(), JobLabels.WITHDRAWN, inJson(why.failure()));
    return why;
  }

  /**
   * To be called once it is told that an attempt failed. Stops what others may have made of it: who
   * makes a driver listens after that, and who tells that it failed looks after that, so one of
   * them sees the other. Removes what was taken back, once all have heard of it.
   */
  public void toldAsFailed(JobId jobId, int attempt, Failure failure) {
    try {
      search.of(jobId).drivers().stream()
          .filter(pod -> DriverPods.attempt(pod) == attempt && !DriverPods.isDone(pod))
          .forEach(pod -> end(pod, failure));
    } catch (ClusterRefusalException | ClusterUnavailableException e) {
      LOG.debugf(e, "the sweep looks for drivers of a job that failed; job=%s", jobId);
    }
  }

  private void end(Pod pod, Failure failure) {
    if (!DriverPods.isWithdrawn(pod)) {
      stop(pod, failure);
    } else if (canStart(pod)) {
      cluster.delete(pod);
    } else {
      later.execute(() -> remove(pod));
    }
  }

  /** Somebody completed it while it was marked, or a ConfigMap of the name was somebody else's. */
  private boolean canStart(Pod pod) {
    return !DriverPods.isWaiting(pod) || configMap(pod).isPresent();
  }

  /** Marks and deletes a driver whose attempt is known to have failed. */
  void stop(Pod pod, Failure failure) {
    if (cluster.annotate(pod, JobLabels.WITHDRAWN, inJson(failure))) {
      cluster.delete(pod);
    }
  }

  /** Deletes a marked driver of which all have heard. */
  void remove(Pod withdrawn) {
    try {
      // Marked once more, since a deletion by name could meet another pod by now.
      stop(withdrawn, reason(withdrawn).failure());
    } catch (ClusterRefusalException | ClusterUnavailableException e) {
      LOG.debugf(e, "a driver that was taken back stays for now");
    }
  }

  private static String inJson(Failure failure) {
    return EventJson.mapper().valueToTree(failure).toString();
  }

  private boolean isWhole(Pod pod) {
    return configMap(pod)
        .filter(
            there ->
                there.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> pod.getMetadata().getUid().equals(owner.getUid())))
        .isPresent();
  }

  private Optional<ConfigMap> configMap(Pod pod) {
    return cluster.findConfigMap(
        pod.getMetadata().getNamespace(), DriverIdentity.configMapOf(pod.getMetadata().getName()));
  }
}
