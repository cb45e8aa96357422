package io.flintwheel.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.SchedulePaused;
import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.outbox.EventPublisher.UnreachableException;
import io.flintwheel.scheduler.outbox.Outbox.Departure;
import io.flintwheel.scheduler.outbox.OutboxRelay.PublishingException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More rows that cannot be sent than a relay reads at once, in front of some that can. */
class HeldBackRowsIT {

  private static final URI SOURCE = Event.source("test", "scheduler");
  private static final OutboxConfig SMALL_BATCHES = new RelayConfig(2);

  private final SchedulerDatabase database = SchedulerDatabase.create("outbox_held_back");
  private final Outbox outbox = new Outbox();
  private final List<String> keys = keysOfOneShard(9);
  private final List<String> asked = new ArrayList<>();

  @Test
  void sendsRequestsWhenTopicOfFactsIsMissing() {
    for (String key : keys.subList(0, 8)) {
      add(Topics.SCHEDULE_EVENTS, key, 1);
    }
    add(Topics.JOB_REQUESTS, keys.get(8), 1);
    add(Topics.JOB_REQUESTS, keys.get(8), 2);
    OutboxRelay relay =
        relay(
            row ->
                row.topic().equals(Topics.SCHEDULE_EVENTS)
                    ? fail(new UnreachableException(new IllegalStateException("no such topic")))
                    : CompletableFuture.completedFuture(null));

    assertThatThrownBy(relay::round)
        .isInstanceOf(PublishingException.class)
        .hasMessageContaining(Topics.SCHEDULE_EVENTS);

    assertThat(waiting()).containsExactlyElementsOf(keys.subList(0, 8));
    assertThat(asked).containsOnlyOnce(Topics.SCHEDULE_EVENTS).contains(Topics.JOB_REQUESTS);
    assertThat(relay.failure())
        .hasValueSatisfying(f -> assertThat(f).contains(Topics.SCHEDULE_EVENTS));
  }

  @Test
  void sendsRequestsWhenEveryFactIsRefused() {
    for (String key : keys.subList(0, 8)) {
      add(Topics.SCHEDULE_EVENTS, key, 1);
      add(Topics.SCHEDULE_EVENTS, key, 2);
    }
    add(Topics.JOB_REQUESTS, keys.get(8), 1);
    OutboxRelay relay =
        relay(
            row ->
                row.topic().equals(Topics.SCHEDULE_EVENTS)
                    ? fail(new IllegalStateException("not authorized"))
                    : CompletableFuture.completedFuture(null));

    assertThatThrownBy(relay::round).hasMessageContaining("not authorized");

    assertThat(waiting()).hasSize(16).doesNotContain(keys.get(8));
    assertThat(asked).as("one question for each key").hasSize(9);
  }

  @Test
  void letsNothingOvertakeAFailedRowOfItsKey() {
    for (int n = 1; n <= 5; n++) {
      add(Topics.SCHEDULE_EVENTS, keys.get(0), n);
    }
    for (int n = 1; n <= 5; n++) {
      add(Topics.SCHEDULE_EVENTS, keys.get(1), n);
    }
    List<Long> sent = new ArrayList<>();
    OutboxRelay relay =
        relay(
            row -> {
              if (row.key().equals(keys.get(0)) && asked.size() == 1) {
                return fail(new IllegalStateException("too large"));
              }
              sent.add(row.id());
              return CompletableFuture.completedFuture(null);
            });

    assertThatThrownBy(relay::round).hasMessageContaining("too large");

    assertThat(waiting()).hasSize(5).containsOnly(keys.get(0));
    assertThat(sent).isSorted().hasSize(5);
  }

  @Test
  @Timeout(60)
  void asksForAllShardsBeforeItWaitsForAnyAnswer() {
    List<String> everywhere = IntStream.range(0, 100).mapToObj(n -> "wide" + n).toList();
    everywhere.forEach(key -> add(Topics.JOB_REQUESTS, key, 1));
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    OutboxRelay relay =
        relay(
            row -> {
              answers.add(new CompletableFuture<>());
              if (answers.size() == Outbox.SHARDS) {
                answers.forEach(answer -> answer.complete(null));
              }
              return answers.size() > Outbox.SHARDS
                  ? CompletableFuture.completedFuture(null)
                  : answers.get(answers.size() - 1);
            });

    relay.round();

    assertThat(waiting()).isEmpty();
  }

  private static List<String> keysOfOneShard(int count) {
    return Stream.iterate(0, n -> n + 1)
        .map(n -> "key" + n)
        .filter(key -> Outbox.shardOf(key) == 0)
        .limit(count)
        .toList();
  }

  private OutboxRelay relay(EventPublisher publisher) {
    EventPublisher noting =
        row -> {
          asked.add(row.topic());
          return publisher.publish(row);
        };
    return new OutboxRelay(database.connect(), outbox, noting, SMALL_BATCHES);
  }

  private static CompletableFuture<Void> fail(RuntimeException failure) {
    return CompletableFuture.failedFuture(failure);
  }

  private void add(String topic, String key, int number) {
    EventId id = EventId.of(SchedulePaused.TYPE, key, number);
    SchedulePaused fact = new SchedulePaused(new ScheduleId(key), number);
    Departure departure = new Departure(topic, new Event<>(id, SOURCE, Instant.EPOCH, fact));
    database
        .connect()
        .inTransaction(
            connection -> {
              outbox.add(connection, List.of(departure));
              return number;
            });
  }

  private List<String> waiting() {
    return database.query("SELECT record_key FROM outbox WHERE published_at IS NULL ORDER BY id");
  }
}
