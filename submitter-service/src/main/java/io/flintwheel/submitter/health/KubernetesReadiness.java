package io.flintwheel.submitter.health;

import io.flintwheel.http.DependencyProbe;
import io.flintwheel.submitter.kubernetes.ClusterUnavailableException;
import io.flintwheel.submitter.kubernetes.NamespaceAccess;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the API server answers, and has let us work in a namespace. Namespaces that refuse are in
 * the data: the service goes on for the others, and so does its HTTP interface.
 */
@Readiness
@ApplicationScoped
class KubernetesReadiness implements HealthCheck {

  private final DependencyProbe probe;

  KubernetesReadiness(NamespaceAccess access) {
    this.probe = new DependencyProbe("kubernetes", () -> remarks(access));
  }

  void start(@Observes StartupEvent event) {
    probe.start();
  }

  @Override
  public HealthCheckResponse call() {
    return probe.response();
  }

  private static Map<String, String> remarks(NamespaceAccess access) {
    Map<String, String> remarks = new TreeMap<>();
    refusals(access)
        .forEach((namespace, message) -> remarks.put("refused in " + namespace, message));
    return remarks;
  }

  private static SortedMap<String, String> refusals(NamespaceAccess access) {
    try {
      return access.ask();
    } catch (ClusterUnavailableException e) {
      // Without its cause, whose words say less.
      throw new IllegalStateException(e.getMessage());
    }
  }

  @PreDestroy
  void stop() {
    probe.close();
  }
}
