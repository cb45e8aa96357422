package io.flintwheel.status.health;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.flintwheel.events.Topics;
import io.flintwheel.http.DependencyProbe;
import io.flintwheel.status.KafkaConnection;
import io.flintwheel.status.projection.SchemaMigration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** What this service needs to be ready; each is named in the answer. */
@Singleton
class Dependencies {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String NO_WRITES = "PostgreSQL answers, but takes no writes";

  private final DependencyProbe kafka;
  private final DependencyProbe postgresql;
  private final DependencyProbe kubernetes;
  private final KafkaConnection connection;
  private @Nullable Admin admin;

  Dependencies(
      KafkaConnection connection,
      DataSource database,
      SchemaMigration schema,
      KubernetesClient client) {
    this.connection = connection;
    this.kafka = new DependencyProbe("kafka", this::askKafka);
    this.postgresql = new DependencyProbe("postgresql", () -> askDatabase(schema, database));
    this.kubernetes = new DependencyProbe("kubernetes", () -> askKubernetes(client));
  }

  void start(@Observes StartupEvent event) {
    List.of(kafka, postgresql, kubernetes).forEach(DependencyProbe::start);
  }

  void stop(@Observes ShutdownEvent event) {
    List.of(kafka, postgresql, kubernetes).forEach(DependencyProbe::close);
    closeAdmin();
  }

  private synchronized void closeAdmin() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck kafkaCheck() {
    return kafka::response;
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck postgresqlCheck() {
    return postgresql::response;
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck kubernetesCheck() {
    return kubernetes::response;
  }

  private static Map<String, String> askKubernetes(KubernetesClient client) {
    if (client.getKubernetesVersion() == null) {
      throw new IllegalStateException("the API server tells no version");
    }
    return Map.of();
  }

  private Map<String, String> askKafka() throws Exception {
    boolean whole =
        admin()
            .describeTopics(List.of(Topics.JOB_EVENTS, Topics.JOB_REQUESTS))
            .allTopicNames()
            .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .values()
            .stream()
            .allMatch(topic -> topic.partitions().stream().allMatch(p -> p.leader() != null));
    if (!whole) {
      throw new IllegalStateException("a partition of a topic has no leader");
    }
    return Map.of();
  }

  private static Map<String, String> askDatabase(SchemaMigration schema, DataSource database)
      throws Exception {
    if (!schema.isDone()) {
      throw new IllegalStateException("schema not migrated");
    }
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout((int) TIMEOUT.toSeconds());
      try (ResultSet answer = statement.executeQuery("SHOW transaction_read_only")) {
        if (answer.next() && answer.getString(1).equals("on")) {
          throw new IllegalStateException(NO_WRITES);
        }
        return Map.of();
      }
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("targetServerType")) {
        throw new IllegalStateException(NO_WRITES);
      }
      throw e;
    }
  }

  /** Made when first needed, because it cannot be made while Kafka's names do not resolve. */
  private synchronized Admin admin() {
    if (admin == null) {
      Map<String, Object> settings = new HashMap<>(connection.client());
      settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
      settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
      settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
      admin = Admin.create(settings);
    }
    return admin;
  }
}
