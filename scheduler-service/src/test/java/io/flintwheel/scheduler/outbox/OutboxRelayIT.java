package io.flintwheel.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.SchedulePaused;
import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.TopicReader;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.outbox.Outbox.Departure;
import io.flintwheel.scheduler.outbox.OutboxRelay.PublishingException;
import io.flintwheel.testing.KafkaTestResource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxRelayIT {

  private static final URI SOURCE = Event.source("test", "scheduler");

  private static final OutboxConfig CONFIG =
      new RelayConfig(KafkaTestResource.kafka().bootstrapServers());

  private final SchedulerDatabase database = SchedulerDatabase.create("outbox_relay");
  private final Outbox outbox = new Outbox();
  private final KafkaPublisher kafka = new KafkaPublisher(CONFIG);

  @AfterEach
  void close() {
    kafka.close();
  }

  @Test
  void keepsOrderOfEachKeyWhenTwoRelaysRace() throws Exception {
    List<String> keys = IntStream.range(0, 20).mapToObj(i -> "order" + i).toList();
    for (int n = 1; n <= 30; n++) {
      for (String key : keys) {
        add(key, n);
      }
    }

    ExecutorService relays = Executors.newFixedThreadPool(2);
    List<Future<Duration>> running = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      OutboxRelay relay = relay(database.connect(), kafka);
      running.add(relays.submit(relay::round));
    }
    for (Future<Duration> relay : running) {
      relay.get();
    }
    // What the one had claimed while the other looked is published by now.
    relay(database.connect(), kafka).round();
    relays.shutdown();

    try (TopicReader topic = topic()) {
      for (String key : keys) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(numbers(topic.recordsOf(key)))
                        .isEqualTo(IntStream.rangeClosed(1, 30).boxed().toList()));
      }
    }
  }

  @Test
  void publishesAgainWithSameIdWhenRelayDiesBeforeItsCommit() {
    add("crash", 1);
    OutboxRelay dying =
        relay(
            database.connect(),
            row -> {
              kafka.publish(row).join();
              throw new IllegalStateException("killed after Kafka's answer");
            });
    assertThatThrownBy(dying::round).hasMessage("killed after Kafka's answer");

    relay(database.connect(), kafka).round();

    try (TopicReader topic = topic()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(topic.recordsOf("crash")).hasSize(2));
      assertThat(topic.recordsOf("crash").stream().map(r -> TopicReader.header(r, "ce_id")))
          .containsOnly(eventId("crash", 1).value());
    }
    assertThat(database.query("SELECT id FROM outbox WHERE published_at IS NULL")).isEmpty();
  }

  @Test
  void losesNothingWhenKafkaIsAwayForAWhile() {
    for (int n = 1; n <= 50; n++) {
      add("away", n);
    }
    KafkaTestResource.kafka().stop();
    OutboxRelay relay = relay(database.connect(), kafka);
    assertThatThrownBy(relay::round).isInstanceOf(PublishingException.class);
    assertThat(relay.failure()).isPresent();
    assertThat(database.query("SELECT id FROM outbox WHERE published_at IS NULL")).hasSize(50);

    KafkaTestResource.kafka().restart();

    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreException(PublishingException.class)
        .until(() -> relay.round() != null);
    assertThat(relay.failure()).isEmpty();
    try (TopicReader topic = topic()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(numbers(topic.recordsOf("away")).stream().distinct().toList())
                      .isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList()));
    }
  }

  private static OutboxRelay relay(Database database, EventPublisher publisher) {
    return new OutboxRelay(database, new Outbox(), publisher, CONFIG);
  }

  private void add(String key, int number) {
    SchedulePaused fact = new SchedulePaused(new ScheduleId(key), number);
    Event<SchedulePaused> event = new Event<>(eventId(key, number), SOURCE, Instant.EPOCH, fact);
    database
        .connect()
        .inTransaction(
            connection -> {
              outbox.add(connection, List.of(new Departure(Topics.SCHEDULE_EVENTS, event)));
              return number;
            });
  }

  private static EventId eventId(String key, int number) {
    return EventId.of(SchedulePaused.TYPE, key, number);
  }

  private static List<Integer> numbers(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .map(record -> TopicReader.fact(record, SchedulePaused.class).revision())
        .toList();
  }

  private static TopicReader topic() {
    return new TopicReader(KafkaTestResource.kafka().bootstrapServers(), Topics.SCHEDULE_EVENTS);
  }
}
