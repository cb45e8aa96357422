package io.flintwheel.submitter.kubernetes;

import io.flintwheel.submitter.policy.NamespacePolicy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * In which namespaces Kubernetes lets the submitter work. One that refuses it, because a Role is
 * missing, is its tenant's trouble; the others go on, so it is told and nothing is stopped.
 */
@ApplicationScoped
public class NamespaceAccess {

  private static final Logger LOG = Logger.getLogger(NamespaceAccess.class);

  private final Cluster cluster;
  private final NamespacePolicy namespaces;
  private volatile SortedMap<String, String> refusals = Collections.emptySortedMap();
  private volatile boolean wasLetIn;

  NamespaceAccess(Cluster cluster, NamespacePolicy namespaces, MeterRegistry registry) {
    this.cluster = cluster;
    this.namespaces = namespaces;
    for (String namespace : namespaces.allowed()) {
      Gauge.builder(
              "flintwheel.submitter.namespace.refused",
              () -> refusals.containsKey(namespace) ? 1 : 0)
          .description("1 while Kubernetes refuses the submitter in a namespace, else 0")
          .tag("namespace", namespace)
          .register(registry);
    }
  }

  /**
   * Asks for every namespace.
   *
   * @return those that refuse, each with Kubernetes' words
   * @throws ClusterUnavailableException when the API server does not answer
   * @throws IllegalStateException when every namespace refuses and none has ever done otherwise:
   *     whoever we are, we are not the submitter of this cluster; the message names them
   */
  public SortedMap<String, String> ask() {
    SortedMap<String, String> refusing = new TreeMap<>();
    for (String namespace : namespaces.allowed()) {
      try {
        cluster.ping(namespace);
        wasLetIn = true;
      } catch (ClusterRefusalException e) {
        refusing.put(namespace, String.valueOf(e.getMessage()));
      }
    }
    tellChanges(refusing);
    refusals = Collections.unmodifiableSortedMap(refusing);
    if (!wasLetIn) {
      throw new IllegalStateException(
          "every namespace refuses the submitter: "
              + String.join(
                  "; ",
                  refusing.entrySet().stream()
                      .map(refusal -> refusal.getKey() + ": " + refusal.getValue())
                      .toList()));
    }
    return refusals;
  }

  private void tellChanges(SortedMap<String, String> refusing) {
    for (String namespace : namespaces.allowed()) {
      String message = refusing.get(namespace);
      if (message != null && !refusals.containsKey(namespace)) {
        LOG.warnf(
            "a namespace refuses the submitter, jobs of the others go on; namespace=%s message=%s",
            namespace, message);
      } else if (message == null && refusals.containsKey(namespace)) {
        LOG.infof("a namespace lets the submitter in again; namespace=%s", namespace);
      }
    }
  }
}
