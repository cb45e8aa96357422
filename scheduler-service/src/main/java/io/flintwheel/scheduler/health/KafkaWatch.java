package io.flintwheel.scheduler.health;

import io.flintwheel.events.Topics;
import io.flintwheel.http.DependencyProbe;
import io.flintwheel.scheduler.outbox.KafkaConnection;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka for the topics that this service writes. */
@Singleton
class KafkaWatch {

  private static final List<String> TOPICS = List.of(Topics.JOB_REQUESTS, Topics.SCHEDULE_EVENTS);
  private static final int TIMEOUT_MILLIS = 2_000;

  private final KafkaConnection connection;
  private final DependencyProbe probe = new DependencyProbe("kafka", this::ask);
  private @Nullable Admin admin;

  KafkaWatch(KafkaConnection connection) {
    this.connection = connection;
  }

  void start(@Observes StartupEvent event) {
    probe.start();
  }

  /** What is wrong with Kafka, in an operator's words; empty when nothing is. */
  Optional<String> trouble() {
    return probe.trouble();
  }

  private Map<String, String> ask() throws InterruptedException {
    try {
      var topics = admin().describeTopics(TOPICS).topicNameValues();
      for (String topic : TOPICS) {
        require(topic, topics.get(topic));
      }
      return Map.of();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw noAnswer();
    }
  }

  /** Without its cause, whose words say less. */
  private IllegalStateException noAnswer() {
    return new IllegalStateException("no answer from " + connection.bootstrapServers());
  }

  private static void require(String topic, KafkaFuture<TopicDescription> description)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      description.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IllegalStateException("topic " + topic + " is missing");
      }
      if (e.getCause() instanceof TopicAuthorizationException) {
        throw new IllegalStateException("topic " + topic + " is not authorized");
      }
      throw e;
    }
  }

  /** Made when first needed, because it cannot be made while Kafka's names do not resolve. */
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
  void close() {
    closeAdmin();
    probe.close();
  }

  /** First of all, because it ends the question that the probe may wait for. */
  private synchronized void closeAdmin() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
