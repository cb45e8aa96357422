package io.flintwheel.scheduler;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A thread that died of an error is a defect, no outage: only a restart helps. */
@Liveness
@ApplicationScoped
class LoopsLiveness implements HealthCheck {

  private final SchedulerLoops loops;

  LoopsLiveness(SchedulerLoops loops) {
    this.loops = loops;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("loops").status(loops.alive()).build();
  }
}
