package io.flintwheel.scheduler.health;

import io.flintwheel.scheduler.outbox.KafkaConnection;
import io.flintwheel.scheduler.outbox.OutboxRelay;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Whether Kafka answers and takes what we publish. */
@Readiness
@ApplicationScoped
class KafkaReadiness implements HealthCheck {

  private static final String NAME = "kafka";
  private static final int TIMEOUT_MILLIS = 2_000;

  private final KafkaConnection connection;
  private final OutboxRelay relay;
  private @Nullable Admin admin;

  KafkaReadiness(KafkaConnection connection, OutboxRelay relay) {
    this.connection = connection;
    this.relay = relay;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      admin().describeCluster().clusterId().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return down("no answer from " + connection.bootstrapServers());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down("interrupted");
    }
    return relay.failure().map(KafkaReadiness::down).orElseGet(() -> HealthCheckResponse.up(NAME));
  }

  private static HealthCheckResponse down(String reason) {
    return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(settings(connection));
    }
    return admin;
  }

  static Map<String, Object> settings(KafkaConnection connection) {
    return connection.with(
        Map.of(
            AdminClientConfig.CLIENT_ID_CONFIG, "flintwheel-scheduler-health",
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS));
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
