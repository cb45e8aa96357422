package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.flintwheel.events.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the submitter asks of Kubernetes.
 *
 * <p>Every method may throw {@link ClusterUnavailableException} (try again) or {@link
 * ClusterRefusalException} (no use).
 */
interface Cluster {

  Optional<Pod> findPod(String namespace, String name);

  /** Driver pods with the label of the job, in one namespace. */
  List<Pod> driversOf(String namespace, JobId jobId);

  /** Driver pods of ours that are not in a last phase. */
  List<Pod> unfinishedDrivers(String namespace);

  /** The pod as it was created; empty when there is one of that name. */
  Optional<Pod> create(Pod pod);

  Optional<ConfigMap> findConfigMap(String namespace, String name);

  /** What is there of that name when it is not owned as asked; empty when all is well. */
  Optional<Stranger> createOwned(ConfigMap configMap, OwnerReference owner);

  /** As for a ConfigMap. */
  Optional<Stranger> createOwned(Service service, OwnerReference owner);

  /** Sets an annotation on exactly this pod; false when it is gone. */
  boolean annotate(Pod pod, String annotation, String value);

  /**
   * The same, if nothing of the pod has changed since it was read; throws {@link
   * ClusterUnavailableException} when something has.
   */
  boolean annotateAsSeen(Pod pod, String annotation, String value);

  /** Asks for a graceful deletion; nothing happens when it is gone. */
  void delete(Pod pod);

  /** How long any of these calls can take before it throws. */
  Duration longestCall();

  /** Throws when the API server does not answer, or not to us. */
  void ping(String namespace);

  /**
   * An object that has a name we need.
   *
   * @param jobId the job it says to belong to
   * @param description for people
   */
  record Stranger(Optional<String> jobId, String description) {}
}
