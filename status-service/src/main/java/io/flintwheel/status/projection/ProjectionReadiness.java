package io.flintwheel.status.projection;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether our own threads get on, so that one that does not is seen even if all else is there. */
@Singleton
class ProjectionReadiness {

  private final EventConsumer consumer;
  private final ChangeFeed feed;

  ProjectionReadiness(EventConsumer consumer, ChangeFeed feed) {
    this.consumer = consumer;
    this.feed = feed;
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck consumerCheck() {
    return () -> HealthCheckResponse.named(EventConsumer.NAME).status(consumer.works()).build();
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck feedCheck() {
    return () -> HealthCheckResponse.named(ChangeFeed.NAME).status(feed.works()).build();
  }
}
