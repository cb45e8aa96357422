package io.flintwheel.submitter.intake;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether requests are taken from the topic; a broker that is away is told by its own check. */
@Readiness
@ApplicationScoped
class IntakeReadiness implements HealthCheck {

  private final RequestIntake intake;

  IntakeReadiness(RequestIntake intake) {
    this.intake = intake;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("intake");
    return intake
        .trouble()
        .map(reason -> response.down().withData("reason", reason).build())
        .orElseGet(() -> response.up().build());
  }
}
