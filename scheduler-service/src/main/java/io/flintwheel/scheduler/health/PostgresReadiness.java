package io.flintwheel.scheduler.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether PostgreSQL answers, takes writes and has our schema. */
@Readiness
@ApplicationScoped
class PostgresReadiness implements HealthCheck {

  private static final String NAME = "postgresql";

  private final PostgresWatch watch;

  PostgresReadiness(PostgresWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    return watch
        .trouble()
        .map(reason -> HealthCheckResponse.named(NAME).down().withData("reason", reason).build())
        .orElseGet(() -> HealthCheckResponse.up(NAME));
  }
}
