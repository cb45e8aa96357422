package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.policy.NamespacePolicy;
import io.flintwheel.submitter.review.RequestAnnotation;
import io.flintwheel.submitter.review.RequestReviewer;
import io.flintwheel.submitter.review.Review;
import io.flintwheel.submitter.spark.DriverBuilder;
import io.flintwheel.submitter.spark.DriverIdentity;
import io.flintwheel.submitter.spark.DriverResources;
import io.flintwheel.submitter.spark.UnbuildableJobException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks after what no record leads to any more. Completes driver pods that wait for a ConfigMap
 * which a submitter did not live to make: the pod carries its request, so no record and no other
 * service is needed. Stops drivers whose job is cancelled: the cancel may have been heard of only
 * after another replica had made them.
 */
@ApplicationScoped
class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final Cluster cluster;
  private final Drivers drivers;
  private final Withdrawal withdrawal;
  private final Cancellation cancellation;
  private final CancelledAttempts cancelled;
  private final NamespacePolicy namespaces;
  private final RequestReviewer reviewer;
  private final DriverBuilder builder;
  private final SweepConfig config;
  private final Clock clock;

  /** Uids of waiting pods that are known to lack nothing; they wait for something else. */
  private final Set<String> complete = ConcurrentHashMap.newKeySet();

  /** Uids of pods that were taken back, as was told before the last sweep. */
  private final Set<String> heardOf = ConcurrentHashMap.newKeySet();

  Sweep(
      Cluster cluster,
      Drivers drivers,
      Withdrawal withdrawal,
      Cancellation cancellation,
      CancelledAttempts cancelled,
      NamespacePolicy namespaces,
      RequestReviewer reviewer,
      DriverBuilder builder,
      SweepConfig config,
      Clock clock) {
    this.cluster = cluster;
    this.drivers = drivers;
    this.withdrawal = withdrawal;
    this.cancellation = cancellation;
    this.cancelled = cancelled;
    this.namespaces = namespaces;
    this.reviewer = reviewer;
    this.builder = builder;
    this.config = config;
    this.clock = clock;
  }

  /** Looks at every namespace once. */
  void run() {
    Instant before = Instant.now(clock).minus(config.grace());
    List<Pod> unfinished =
        namespaces.allowed().stream()
            .flatMap(namespace -> unfinishedDrivers(namespace).stream())
            .filter(pod -> !DriverPods.isBeingDeleted(pod))
            .toList();
    Set<String> uids =
        unfinished.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    complete.retainAll(uids);
    heardOf.retainAll(uids);
    for (Pod pod : unfinished) {
      if (Instant.parse(pod.getMetadata().getCreationTimestamp()).isBefore(before)) {
        Optional<String> reason =
            DriverPods.jobId(pod)
                .flatMap(jobId -> cancelled.reasonToStop(jobId, DriverPods.attempt(pod)));
        if (DriverPods.isWithdrawn(pod)) {
          removeOnceHeardOf(pod);
        } else if (reason.isPresent()) {
          stop(pod, reason.get());
        } else if (couldNotBeMade(pod)) {
          withdraw(pod);
        } else if (DriverPods.isWaiting(pod) && !complete.contains(pod.getMetadata().getUid())) {
          complete(pod);
        }
      }
    }
  }

  /**
   * Whoever took it back may have ended before it was time. At the second sweep that knows of it,
   * every replica does. One that nobody has told of keeps its name until its request comes again.
   */
  private void removeOnceHeardOf(Pod withdrawn) {
    boolean told =
        DriverPods.jobId(withdrawn)
            .filter(jobId -> cancelled.isOver(jobId, DriverPods.attempt(withdrawn)))
            .isPresent();
    if (told && !heardOf.add(withdrawn.getMetadata().getUid())) {
      withdrawal.remove(withdrawn);
    }
  }

  private boolean couldNotBeMade(Pod pod) {
    return DriverPods.jobId(pod)
        .filter(jobId -> cancelled.couldNotBeMade(jobId, DriverPods.attempt(pod)))
        .isPresent();
  }

  /** Whoever told that it failed could not take it back, or another made it at the same time. */
  private void withdraw(Pod pod) {
    try {
      withdrawal.stop(pod, Withdrawal.TOLD_BEFORE);
    } catch (ClusterRefusalException e) {
      LOG.warnf(
          "the driver of a job that failed may not be taken back and waits;"
              + " namespace=%s pod=%s cause=%s",
          pod.getMetadata().getNamespace(), pod.getMetadata().getName(), e.getMessage());
    }
  }

  private void stop(Pod pod, String reason) {
    try {
      cancellation.stop(pod, reason);
    } catch (ClusterRefusalException e) {
      LOG.warnf(
          "the driver of a cancelled job may not be stopped and goes on;"
              + " namespace=%s pod=%s cause=%s",
          pod.getMetadata().getNamespace(), pod.getMetadata().getName(), e.getMessage());
    }
  }

  /** A namespace that may not be looked into does not stop the sweep of the others. */
  private List<Pod> unfinishedDrivers(String namespace) {
    try {
      return cluster.unfinishedDrivers(namespace);
    } catch (ClusterRefusalException e) {
      LOG.debugf(
          "a namespace is left out of the sweep; namespace=%s cause=%s", namespace, e.getMessage());
      return List.of();
    }
  }

  private void complete(Pod pod) {
    Optional<DriverResources> resources = rebuild(pod);
    if (resources.isEmpty()) {
      LOG.warnf(
          "a driver pod cannot be completed, its request cannot be read or built any more; it stays"
              + " as it is. namespace=%s pod=%s",
          pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    } else {
      try {
        drivers.complete(pod, resources.get(), false);
      } catch (ClusterUnavailableException e) {
        return; // The next sweep tries again.
      } catch (RuntimeException e) {
        if (e instanceof ClusterRefusalException refusal && refusal.mayBePassing()) {
          LOG.debugf(
              e, "a driver pod cannot be completed yet; pod=%s", pod.getMetadata().getName());
          return;
        }
        LOG.warnf(
            "a driver pod could not be completed and stays as it is; namespace=%s pod=%s cause=%s",
            pod.getMetadata().getNamespace(), pod.getMetadata().getName(), e.getMessage());
      }
    }
    complete.add(pod.getMetadata().getUid());
  }

  /** The annotation is what it says; somebody may have written it. */
  private static boolean isOf(Pod pod, DriverIdentity identity) {
    return identity.podName().equals(pod.getMetadata().getName())
        && identity.namespace().equals(pod.getMetadata().getNamespace())
        && identity.jobId().value().equals(DriverPods.label(pod, JobLabels.JOB_ID))
        && identity.attempt() == DriverPods.attempt(pod);
  }

  private Optional<DriverResources> rebuild(Pod pod) {
    Optional<Event<JobRequested>> request =
        Optional.ofNullable(DriverPods.annotation(pod, JobLabels.REQUEST))
            .flatMap(RequestAnnotation::decode);
    if (request.isEmpty()
        || !(reviewer.review(request.get()) instanceof Review.Admitted admitted)
        || !isOf(pod, admitted.driver().identity())) {
      return Optional.empty();
    }
    try {
      return Optional.of(builder.build(admitted.driver()));
    } catch (UnbuildableJobException e) {
      return Optional.empty();
    }
  }
}
