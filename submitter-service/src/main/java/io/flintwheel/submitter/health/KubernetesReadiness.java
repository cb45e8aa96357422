package io.flintwheel.submitter.health;

import io.flintwheel.submitter.kubernetes.Drivers;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the API server answers for every namespace that jobs may run in. */
@Readiness
@ApplicationScoped
class KubernetesReadiness implements HealthCheck {

  private final Probe probe;

  KubernetesReadiness(Drivers drivers) {
    this.probe = new Probe("kubernetes", drivers::ping);
  }

  void start(@Observes StartupEvent event) {
    probe.start();
  }

  @Override
  public HealthCheckResponse call() {
    return probe.response();
  }

  @PreDestroy
  void stop() {
    probe.close();
  }
}
