package io.flintwheel.scheduler.health;

import io.flintwheel.scheduler.outbox.OutboxRelay;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether Kafka answers, has our topics and takes what we publish. */
@Readiness
@ApplicationScoped
class KafkaReadiness implements HealthCheck {

  private static final String NAME = "kafka";

  private final KafkaWatch watch;
  private final OutboxRelay relay;

  KafkaReadiness(KafkaWatch watch, OutboxRelay relay) {
    this.watch = watch;
    this.relay = relay;
  }

  @Override
  public HealthCheckResponse call() {
    return watch
        .trouble()
        .or(relay::failure)
        .map(reason -> HealthCheckResponse.named(NAME).down().withData("reason", reason).build())
        .orElseGet(() -> HealthCheckResponse.up(NAME));
  }
}
