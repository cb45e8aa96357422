package io.flintwheel.submitter.intake;

import io.flintwheel.submitter.kafka.BrokerPresence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether requests are taken from the topic; a broker that is away is told by its own check. */
@Readiness
@ApplicationScoped
class IntakeReadiness implements HealthCheck {

  private final RequestIntake intake;
  private final BrokerPresence broker;

  IntakeReadiness(RequestIntake intake, @Readiness BrokerPresence broker) {
    this.intake = intake;
    this.broker = broker;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("intake");
    return intake
        .trouble()
        .or(this::waitForPast)
        .map(reason -> response.down().withData("reason", reason).build())
        .orElseGet(() -> response.up().build());
  }

  /** A broker that has come back is seen by its own check before its past is asked for. */
  private Optional<String> waitForPast() {
    return intake.knowsPast() || !broker.isUp()
        ? Optional.empty()
        : Optional.of("it has yet to read what was said of jobs before");
  }
}
