package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.job.JobId;
import io.flintwheel.submitter.policy.NamespacePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks for the drivers of a job in every namespace. One that may not be looked into, perhaps
 * because it is configured before its Role exists, must not stop the jobs of the others.
 */
@ApplicationScoped
class DriverSearch {

  private final Cluster cluster;
  private final NamespacePolicy namespaces;

  DriverSearch(Cluster cluster, NamespacePolicy namespaces) {
    this.cluster = cluster;
    this.namespaces = namespaces;
  }

  Found of(JobId jobId) {
    List<Pod> drivers = new ArrayList<>();
    SortedMap<String, ClusterRefusalException> refusals = new TreeMap<>();
    for (String namespace : namespaces.allowed()) {
      try {
        drivers.addAll(cluster.driversOf(namespace, jobId));
      } catch (ClusterRefusalException e) {
        refusals.put(namespace, e); // NamespaceAccess tells it, once.
      }
    }
    return new Found(drivers, refusals);
  }

  /**
   * What can be seen of a job.
   *
   * @param drivers its driver pods, ended or not
   * @param refusals why a namespace could not be looked into
   */
  record Found(List<Pod> drivers, SortedMap<String, ClusterRefusalException> refusals) {

    /**
     * For whoever concludes something from what is not there.
     *
     * @param namespace where the job would be; empty when it may be anywhere
     * @throws ClusterRefusalException when the job may be where nobody could look
     */
    Found requireSeen(Optional<String> namespace) {
      refusals.forEach(
          (refused, refusal) -> {
            if (namespace.map(refused::equals).orElse(true)) {
              throw refusal;
            }
          });
      return this;
    }
  }
}
