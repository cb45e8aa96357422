package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.submitter.spark.DriverIdentity;
import io.flintwheel.submitter.spark.DriverResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the objects of an attempt, any number of times, once.
 *
 * <pre>
 * look for the pod ──there──> ours? ──no──> conflict, or refusal when the name is somebody else's
 *       │                      │yes
 *     absent                   │
 *       v                      v
 * create the pod ──409──> look again, later
 *       │                      │
 *       v                      v
 * create ConfigMap and Service, owned by the pod; what is there stays as it is
 * </pre>
 *
 * <p>After a crash at any point the same request, or the {@link Sweep}, goes on where it ended. The
 * pod comes first because only its uid can own the rest: a crash leaves nothing that nobody owns,
 * and the kubelet asks for a ConfigMap that comes some milliseconds late again. Looking first
 * matters: to a create, a namespace whose quota is used up answers 403 and not 409.
 */
@ApplicationScoped
public class Drivers {

  private final Cluster cluster;

  Drivers(Cluster cluster) {
    this.cluster = cluster;
  }

  /** What is there of an attempt; empty when nothing is. */
  public Optional<Submission> find(DriverIdentity identity, DriverResources wanted) {
    return existing(identity).map(pod -> adopt(pod, identity, wanted));
  }

  /** Makes what is missing of an attempt. */
  public Submission submit(DriverIdentity identity, DriverResources wanted) {
    try {
      Optional<Pod> created = cluster.create(wanted.pod());
      if (created.isPresent()) {
        return complete(created.get(), wanted, true);
      }
    } catch (ClusterRefusalException e) {
      if (e.mayBePassing()) {
        throw e;
      }
      return refused(e);
    }
    return find(identity, wanted)
        .orElseThrow(
            () -> new ClusterUnavailableException("a pod went away while it was looked at"));
  }

  /** What to say when a refusal that may have been passing has not passed. */
  public Submission.Refused refused(ClusterRefusalException e) {
    return new Submission.Refused(
        new Failure(
            FailureClass.SUBMISSION,
            null,
            e.reason(),
            e.getMessage(),
            e.code() == 403
                ? "the namespace's quota, its admission rules or the submitter's Role forbid it"
                : null));
  }

  /** Throws when the API server does not answer. */
  public void ping() {
    cluster.ping();
  }

  /** Makes what a driver pod lacks. */
  Submission complete(Pod pod, DriverResources wanted, boolean madeNow) {
    OwnerReference owner = DriverPods.owner(pod);
    Optional<Cluster.Stranger> stranger = cluster.createOwned(wanted.configMap(), owner);
    for (Service service : wanted.services()) {
      if (stranger.isEmpty()) {
        stranger = cluster.createOwned(service, owner);
      }
    }
    if (stranger.isPresent()) {
      return taken(stranger.get(), pod);
    }
    return submitted(pod, madeNow);
  }

  private Optional<Pod> existing(DriverIdentity identity) {
    Optional<Pod> byName = cluster.findPod(identity.namespace(), identity.podName());
    if (byName.isPresent() || identity.resourceName().equals(identity.jobId().value())) {
      return byName;
    }
    // The same job may have come under another resource name.
    return cluster.driversOf(identity.namespace(), identity.jobId()).stream()
        .filter(pod -> DriverPods.attempt(pod) == identity.attempt())
        .findFirst();
  }

  private Submission adopt(Pod pod, DriverIdentity identity, DriverResources wanted) {
    String name = pod.getMetadata().getName();
    boolean ours =
        JobLabels.MANAGED_BY_VALUE.equals(DriverPods.label(pod, JobLabels.MANAGED_BY))
            && identity.jobId().value().equals(DriverPods.label(pod, JobLabels.JOB_ID))
            && DriverPods.attempt(pod) == identity.attempt();
    if (!ours) {
      return new Submission.Refused(
          Failure.of(
              FailureClass.SUBMISSION,
              "AlreadyExists",
              "there is a pod " + name + " that is not this job's; it was left alone"));
    }
    String known = DriverPods.annotation(pod, JobLabels.SPEC_DIGEST);
    String asked = wanted.pod().getMetadata().getAnnotations().get(JobLabels.SPEC_DIGEST);
    if (!Objects.equals(known, asked)) {
      return new Submission.Conflicting(
          "job "
              + identity.jobId()
              + " is known with another specification (driver pod "
              + name
              + "); it goes on untouched. A job id is used once.");
    }
    boolean sameNames = name.equals(identity.podName());
    return sameNames && !DriverPods.hasEnded(pod) && !DriverPods.isBeingDeleted(pod)
        ? complete(pod, wanted, false)
        : submitted(pod, false);
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
                + " cannot start and was left as it is"));
  }

  private static Submission.Submitted submitted(Pod pod, boolean madeNow) {
    return new Submission.Submitted(
        DriverPods.reference(pod),
        Instant.parse(pod.getMetadata().getCreationTimestamp()),
        madeNow);
  }
}
