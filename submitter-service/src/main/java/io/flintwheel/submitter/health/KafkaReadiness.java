package io.flintwheel.submitter.health;

import io.flintwheel.events.Topics;
import io.flintwheel.http.DependencyProbe;
import io.flintwheel.submitter.kafka.BrokerPresence;
import io.flintwheel.submitter.kafka.KafkaConnection;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Whether the broker answers and has the topics; they are never made by accident. */
@Readiness
@ApplicationScoped
class KafkaReadiness implements HealthCheck, BrokerPresence {

  private static final List<String> TOPICS =
      List.of(Topics.JOB_REQUESTS, Topics.JOB_EVENTS, Topics.JOB_REQUESTS_DEAD_LETTER);

  private final KafkaConnection connection;
  private @Nullable Admin admin;
  private final DependencyProbe probe = new DependencyProbe("kafka", this::describeTopics);

  KafkaReadiness(KafkaConnection connection) {
    this.connection = connection;
  }

  void start(@Observes StartupEvent event) {
    probe.start();
  }

  @Override
  public HealthCheckResponse call() {
    return probe.response();
  }

  @Override
  public boolean isUp() {
    return probe.isUp();
  }

  /** Made when it is needed: while no name of a broker can be resolved, it cannot be made. */
  private synchronized Admin admin() {
    if (admin == null) {
      var config = connection.config();
      config.put("request.timeout.ms", 3_000);
      config.put("default.api.timeout.ms", 4_000);
      admin = Admin.create(config);
    }
    return admin;
  }

  private Map<String, String> describeTopics() throws InterruptedException {
    try {
      admin().describeTopics(TOPICS).allTopicNames().get();
      return Map.of();
    } catch (ExecutionException e) {
      // Without its cause, whose words say less.
      throw new IllegalStateException(
          e.getCause() instanceof UnknownTopicOrPartitionException
              ? "a topic is missing; all of these are needed: " + String.join(", ", TOPICS)
              : "no broker answers: " + e.getCause().getMessage());
    }
  }

  @PreDestroy
  synchronized void stop() {
    probe.close();
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
