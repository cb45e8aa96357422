package io.flintwheel.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.SchedulePaused;
import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.TopicReader;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.loop.Backoff;
import io.flintwheel.scheduler.loop.WorkLoop;
import io.flintwheel.scheduler.outbox.Outbox.Departure;
import io.flintwheel.scheduler.outbox.OutboxRelay.PublishingException;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class OutboxRelayIT {

  private static final URI SOURCE = Event.source("test", "scheduler");

  private static final OutboxConfig CONFIG = new RelayConfig();

  private final SchedulerDatabase database = SchedulerDatabase.create("outbox_relay");
  private final Outbox outbox = new Outbox();
  private final KafkaPublisher kafka =
      new KafkaPublisher(
          new KafkaConnection(
              Map.of("bootstrap.servers", KafkaTestResource.kafka().bootstrapServers())));

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
  void publishesOnceWhenRelayDiesBeforeItSends() {
    add("unsent", 1);
    OutboxRelay dying =
        relay(
            database.connect(),
            row -> {
              throw new IllegalStateException("killed before it sent");
            });
    assertThatThrownBy(dying::round).hasMessage("killed before it sent");

    relay(database.connect(), kafka).round();

    try (TopicReader topic = topic()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(topic.recordsOf("unsent")).hasSize(1));
    }
    assertThat(database.query("SELECT id FROM outbox WHERE published_at IS NULL")).isEmpty();
  }

  @Test
  void sendsNothingOfAShardThatAnotherRelayIsSending() {
    add("claimed", 1);
    List<Long> sentByOther = new ArrayList<>();
    OutboxRelay other =
        relay(
            database.connect(),
            row -> {
              sentByOther.add(row.id());
              return CompletableFuture.completedFuture(null);
            });
    OutboxRelay first =
        relay(
            database.connect(),
            row -> {
              other.round();
              return CompletableFuture.completedFuture(null);
            });

    first.round();
    other.round();

    assertThat(sentByOther).isEmpty();
    assertThat(database.query("SELECT id FROM outbox WHERE published_at IS NULL")).isEmpty();
  }

  @Test
  void keepsItsClaimWhileABrokerIsSlowerToAnswerThanASilentTransactionMayBe() {
    add("slow", 1);
    Executor later = CompletableFuture.delayedExecutor(6, TimeUnit.SECONDS);
    OutboxRelay relay =
        relay(endingSilentTransactions(), row -> CompletableFuture.runAsync(() -> {}, later));

    relay.round();

    assertThat(database.query("SELECT id FROM outbox WHERE published_at IS NULL")).isEmpty();
  }

  @Test
  void sendsWhatARelayHadClaimedThatHangs() {
    add("hung", 1);
    List<Long> sent = new ArrayList<>();
    OutboxRelay survivor =
        relay(
            database.connect(),
            row -> {
              sent.add(row.id());
              return CompletableFuture.completedFuture(null);
            });
    OutboxRelay hanging =
        relay(
            endingSilentTransactions(),
            row -> {
              await()
                  .atMost(Duration.ofSeconds(30))
                  .until(() -> survivor.round() != null && !sent.isEmpty());
              return CompletableFuture.completedFuture(null);
            });

    assertThatThrownBy(hanging::round).isInstanceOf(DatabaseException.class);

    assertThat(sent).hasSize(1);
  }

  /** After 3 s; the service waits longer, see FirstJobIT. */
  private static Database endingSilentTransactions() {
    LocalPostgres postgres = PostgresTestResource.postgres();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(postgres.jdbcUrl("outbox_relay"));
    source.setUser(postgres.username());
    source.setPassword(postgres.password());
    source.setOptions("-c idle_in_transaction_session_timeout=3s");
    return new Database(source);
  }

  @Test
  void asksDeadBrokerNowAndThenWhenItStaysAway() throws IOException {
    for (int n = 1; n <= 50; n++) {
      add("dead" + n, n);
    }
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket dead = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread door = new Thread(() -> slamDoor(dead, connections), "dead-broker");
      door.start();
      KafkaPublisher publisher =
          new KafkaPublisher(
              new KafkaConnection(Map.of("bootstrap.servers", "127.0.0.1:" + dead.getLocalPort())));
      OutboxRelay relay = relay(database.connect(), publisher);
      Backoff backoff = new Backoff(CONFIG.firstPause(), CONFIG.longestPause());
      AtomicInteger rounds = new AtomicInteger();
      WorkLoop.Round counted =
          () -> {
            rounds.incrementAndGet();
            return relay.round();
          };
      long begun = System.nanoTime();
      try (WorkLoop loop = new WorkLoop("relay", counted, backoff)) {
        loop.start();
        // Each round asks a topic once, for at most three seconds, not once for each shard: one
        // round of that would last 48 seconds.
        await().atMost(Duration.ofSeconds(40)).until(() -> rounds.get() >= 3);
        double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;

        assertThat(connections.get()).isBetween(1, (int) (10 + 5 * seconds));
      } finally {
        publisher.close();
      }
    }
    assertThat(database.query("SELECT id FROM outbox WHERE published_at IS NULL")).hasSize(50);
  }

  private static void slamDoor(ServerSocket socket, AtomicInteger connections) {
    try {
      while (true) {
        socket.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException e) {
      // The test is over.
    }
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
