package io.flintwheel.scheduler.health;

import io.flintwheel.events.Topics;
import io.flintwheel.scheduler.loop.Backoff;
import io.flintwheel.scheduler.loop.WorkLoop;
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

/**
 * Asks Kafka every two seconds for the topics that this service writes, in a thread of its own, so
 * that a health request never waits for it.
 */
@Singleton
class KafkaWatch {

  private static final List<String> TOPICS = List.of(Topics.JOB_REQUESTS, Topics.SCHEDULE_EVENTS);
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final int TIMEOUT_MILLIS = 2_000;

  private final KafkaConnection connection;
  private final WorkLoop loop =
      new WorkLoop("flintwheel-kafka-watch", this::ask, new Backoff(PERIOD, PERIOD));
  private volatile String trouble = "not asked yet";
  private @Nullable Admin admin;

  KafkaWatch(KafkaConnection connection) {
    this.connection = connection;
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  /** What is wrong with Kafka, in an operator's words; empty when nothing is. */
  Optional<String> trouble() {
    return Optional.of(trouble).filter(words -> !words.isEmpty());
  }

  private Duration ask() throws InterruptedException {
    try {
      var topics = admin().describeTopics(TOPICS).topicNameValues();
      for (String topic : TOPICS) {
        Optional<String> missing = troubleOf(topic, topics.get(topic));
        if (missing.isPresent()) {
          trouble = missing.get();
          return PERIOD;
        }
      }
      trouble = "";
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      trouble = "no answer from " + connection.bootstrapServers();
    }
    return PERIOD;
  }

  private static Optional<String> troubleOf(String topic, KafkaFuture<TopicDescription> description)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      description.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.of("topic " + topic + " is missing");
      }
      if (e.getCause() instanceof TopicAuthorizationException) {
        return Optional.of("topic " + topic + " is not authorized");
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
    loop.close();
  }

  /** First of all, because it ends the question that the loop may wait for. */
  private synchronized void closeAdmin() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
