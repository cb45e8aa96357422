package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.submitter.policy.NamespacePolicy;
import io.flintwheel.submitter.spark.DriverIdentity;
import io.flintwheel.submitter.spark.DriverResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the objects of an attempt, any number of times, once.
 *
 * <pre>
 * create the pod ──there, or refused──> look ──there──> ours? ──no──> conflict, or refusal when
 *       │                                                 │yes          the name is somebody else's
 *       v                                                 v
 * create Service and then ConfigMap, owned by the pod; what is there stays as it is
 * </pre>
 *
 * <p>After a crash at any point the same request, or the {@link Sweep}, goes on where it ended. The
 * pod comes first because only its uid can own the rest: a crash leaves nothing that nobody owns,
 * and the kubelet asks for a ConfigMap that comes some milliseconds late again. A refusal is looked
 * behind: a namespace whose quota is used up answers 403 to a create whether or not the pod is
 * there.
 */
@ApplicationScoped
public class Drivers {

  private static final Logger LOG = Logger.getLogger(Drivers.class);

  private final Cluster cluster;
  private final NamespacePolicy namespaces;
  private final DriverSearch search;
  private final Withdrawal withdrawal;

  Drivers(Cluster cluster, NamespacePolicy namespaces, DriverSearch search, Withdrawal withdrawal) {
    this.cluster = cluster;
    this.namespaces = namespaces;
    this.search = search;
    this.withdrawal = withdrawal;
  }

  /**
   * The same job under another name, in another namespace, or in an attempt that goes on, as far as
   * there can be one; a create of the pod meets the rest. In another namespace that may not be
   * looked into there is nothing.
   *
   * @param settled whether an attempt of the job is known to have been submitted; else the first
   *     look at a new job is spared
   */
  public Optional<Submission> findElsewhere(
      DriverIdentity identity, DriverResources wanted, boolean settled) {
    boolean onlyOneNamePossible =
        !settled
            && identity.attempt() == 1
            && identity.resourceName().equals(identity.jobId().value())
            && namespaces.allowed().size() == 1;
    if (onlyOneNamePossible) {
      return Optional.empty();
    }
    Optional<String> here = Optional.of(identity.namespace());
    for (Pod pod : search.of(identity.jobId()).requireSeen(here).drivers()) {
      boolean sameNamespace = identity.namespace().equals(pod.getMetadata().getNamespace());
      if (sameNamespace && DriverPods.attempt(pod) == identity.attempt()) {
        return Optional.of(adopt(pod, identity, wanted));
      }
      boolean goesOn = !DriverPods.hasEnded(pod) && !DriverPods.isBeingDeleted(pod);
      if (!sameNamespace || goesOn || !sameSpecification(pod, wanted)) {
        return Optional.of(conflicting(identity, pod));
      }
    }
    return Optional.empty();
  }

  /** Makes what is missing of an attempt. */
  public Submission submit(DriverIdentity identity, DriverResources wanted) {
    Optional<Pod> created;
    try {
      created = cluster.create(wanted.pod());
    } catch (ClusterRefusalException e) {
      Optional<Submission> there = find(identity, wanted);
      if (there.isEmpty() && e.mayBePassing()) {
        throw e;
      }
      return there.orElseGet(() -> refused(e));
    }
    if (created.isPresent()) {
      return completeOrWithdraw(created.get(), wanted, true);
    }
    return find(identity, wanted)
        .orElseThrow(
            () -> new ClusterUnavailableException("a pod went away while it was looked at"));
  }

  private Optional<Submission> find(DriverIdentity identity, DriverResources wanted) {
    return cluster
        .findPod(identity.namespace(), identity.podName())
        .map(pod -> adopt(pod, identity, wanted));
  }

  /** Nobody may be told that it failed while a pod of ours waits to run. */
  private Submission completeOrWithdraw(Pod pod, DriverResources wanted, boolean madeNow) {
    Submission.Refused refused;
    try {
      Submission submission = complete(pod, wanted, madeNow);
      if (!(submission instanceof Submission.Refused stranger)) {
        return submission;
      }
      refused = stranger;
    } catch (ClusterRefusalException e) {
      if (e.mayBePassing()) {
        throw e;
      }
      refused = refused(e);
    }
    return withdrawal.withdraw(pod, refused);
  }

  /**
   * Takes back what was begun of an attempt that Kubernetes goes on refusing a part of.
   *
   * @return how it failed; or else what others have made of it meanwhile
   */
  public Submission giveUp(
      DriverIdentity identity, DriverResources wanted, ClusterRefusalException refusal) {
    Submission.Refused refused = refused(refusal);
    try {
      return cluster
          .findPod(identity.namespace(), identity.podName())
          .map(pod -> adopt(pod, identity, wanted, ours -> withdrawal.withdraw(ours, refused)))
          .orElse(refused);
    } catch (ClusterRefusalException alsoRefused) {
      LOG.warnf(
          "a driver pod that could not be completed may be left; job=%s pod=%s reason=%s",
          identity.jobId(), identity.podName(), alsoRefused.reason());
      return refused;
    }
  }

  private static Submission.Refused refused(ClusterRefusalException e) {
    return new Submission.Refused(
        new Failure(FailureClass.SUBMISSION, null, e.reason(), e.getMessage(), hint(e)));
  }

  private static @Nullable String hint(ClusterRefusalException e) {
    if (e.code() != 403) {
      return null;
    }
    return e.isAboutServiceAccount()
        ? "make the service account in that namespace, or name another one in"
            + " spec.driver.serviceAccount; then ask for the job under another id"
        : "the namespace's quota, its admission rules or the submitter's Role forbid it; once that is"
            + " mended, ask for the job under another id";
  }

  /** How long a call to Kubernetes can take before it fails. */
  public Duration longestCall() {
    return cluster.longestCall();
  }

  /** Makes what a driver pod lacks. */
  Submission complete(Pod pod, DriverResources wanted, boolean madeNow) {
    OwnerReference owner = DriverPods.owner(pod);
    Optional<Cluster.Stranger> stranger = Optional.empty();
    for (Service service : wanted.services()) {
      if (stranger.isEmpty()) {
        stranger = cluster.createOwned(service, owner);
      }
    }
    if (stranger.isEmpty()) {
      // Last, since the pod starts with it: until then it can be taken back.
      stranger = cluster.createOwned(wanted.configMap(), owner);
    }
    if (stranger.isPresent()) {
      return taken(stranger.get(), pod);
    }
    return DriverPods.submitted(pod, madeNow);
  }

  private Submission adopt(Pod pod, DriverIdentity identity, DriverResources wanted) {
    return adopt(pod, identity, wanted, ours -> adoptUnfinished(ours, wanted));
  }

  private Submission adopt(
      Pod pod,
      DriverIdentity identity,
      DriverResources wanted,
      Function<Pod, Submission> whileItWaits) {
    String name = pod.getMetadata().getName();
    boolean managed =
        JobLabels.MANAGED_BY_VALUE.equals(DriverPods.label(pod, JobLabels.MANAGED_BY));
    boolean ours =
        managed
            && identity.jobId().value().equals(DriverPods.label(pod, JobLabels.JOB_ID))
            && DriverPods.attempt(pod) == identity.attempt();
    if (!ours && managed && DriverPods.isWithdrawn(pod)) {
      throw new ClusterUnavailableException("a driver pod that was taken back is still there");
    }
    if (!ours) {
      return new Submission.Refused(
          Failure.of(
              FailureClass.SUBMISSION,
              "AlreadyExists",
              "there is a pod " + name + " that is not this job's; it was left alone"));
    }
    if (!sameSpecification(pod, wanted)) {
      return conflicting(identity, pod);
    }
    if (DriverPods.isWithdrawn(pod)) {
      return Withdrawal.reason(pod);
    }
    return name.equals(identity.podName())
            && DriverPods.isWaiting(pod)
            && !DriverPods.isBeingDeleted(pod)
        ? whileItWaits.apply(pod)
        : DriverPods.submitted(pod, false);
  }

  /** Somebody else may be taking it back at this moment. */
  private Submission adoptUnfinished(Pod pod, DriverResources wanted) {
    Submission submission = completeOrWithdraw(pod, wanted, false);
    return cluster
        .findPod(pod.getMetadata().getNamespace(), pod.getMetadata().getName())
        .filter(DriverPods::isWithdrawn)
        .<Submission>map(Withdrawal::reason)
        .orElse(submission);
  }

  private static boolean sameSpecification(Pod pod, DriverResources wanted) {
    return Objects.equals(
        DriverPods.annotation(pod, JobLabels.SPEC_DIGEST),
        DriverPods.annotation(wanted.pod(), JobLabels.SPEC_DIGEST));
  }

  private static Submission conflicting(DriverIdentity identity, Pod pod) {
    return new Submission.Conflicting(
        "job "
            + identity.jobId()
            + " is known with another specification, namespace or running attempt (driver pod "
            + pod.getMetadata().getNamespace()
            + "/"
            + pod.getMetadata().getName()
            + "); it is left as it is. A job id is used once.");
  }

  /** Left behind by an earlier pod of the name, it goes soon; somebody else's stays. */
  private static Submission taken(Cluster.Stranger stranger, Pod pod) {
    if (stranger.jobId().equals(Optional.ofNullable(DriverPods.label(pod, JobLabels.JOB_ID)))) {
      throw new ClusterUnavailableException(
          stranger.description() + " of an earlier pod is still there");
    }
    return new Submission.Refused(
        Failure.of(
            FailureClass.SUBMISSION,
            "AlreadyExists",
            "there is a "
                + stranger.description()
                + " that is not this job's; driver pod "
                + pod.getMetadata().getName()
                + " cannot start"));
  }
}
