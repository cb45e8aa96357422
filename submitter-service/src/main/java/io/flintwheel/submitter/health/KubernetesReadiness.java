package io.flintwheel.submitter.health;

import io.flintwheel.submitter.kubernetes.Drivers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the API server answers for the namespaces that jobs may run in.
 *
 * <p>A new process is not ready before all of them have answered: a rollout without its Roles goes
 * no further. After that, one that refuses is named and does not stop the others; only when all
 * refuse is nothing left to do.
 */
@Readiness
@ApplicationScoped
class KubernetesReadiness implements HealthCheck {

  private final Drivers drivers;
  private final Probe probe = new Probe("kubernetes", this::look);
  private volatile boolean wasWhole;
  private volatile Map<String, String> refusals = Map.of();

  KubernetesReadiness(Drivers drivers, MeterRegistry registry) {
    this.drivers = drivers;
    Gauge.builder("flintwheel.submitter.namespaces.refusing", this, self -> self.refusals.size())
        .description("Namespaces in which the API server refuses the submitter")
        .register(registry);
  }

  void start(@Observes StartupEvent event) {
    probe.start();
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = probe.response();
    refusals.forEach((namespace, words) -> response.withData("namespace " + namespace, words));
    return response.build();
  }

  void ask() {
    probe.ask();
  }

  private void look() {
    Map<String, String> now = drivers.refusals();
    refusals = now;
    wasWhole |= now.isEmpty();
    if (!wasWhole || drivers.areAll(now.keySet())) {
      throw new IllegalStateException(
          now.keySet().stream()
              .collect(Collectors.joining(", ", "the submitter is refused in namespace ", "")));
    }
  }

  @PreDestroy
  void stop() {
    probe.close();
  }
}
