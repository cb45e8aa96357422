package io.flintwheel.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.ManualClock;
import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.Schedules;
import io.flintwheel.scheduler.control.ControlResult;
import io.flintwheel.scheduler.control.ControlResult.Triggered;
import io.flintwheel.scheduler.control.Controls;
import io.flintwheel.scheduler.control.ScheduleControl;
import io.flintwheel.scheduler.tick.Engines;
import io.flintwheel.scheduler.tick.TickEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka never answers what it is sent, and a relay has claimed the schedule's shard meanwhile. */
class SilentKafkaIT {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final ScheduleId ID = new ScheduleId("minutely");

  /** Without a lock it takes milliseconds; with one, for ever. */
  private static final int PATIENCE_SECONDS = 10;

  private final SchedulerDatabase database = SchedulerDatabase.create("silent_kafka");
  private final ManualClock clock = new ManualClock(NOON);
  private final ScheduleControl control = Controls.control(clock);
  private final TickEngine engine = Engines.engine(database.connect(), clock, 100);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CompletableFuture<Void> answer = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void claim() throws InterruptedException {
    database
        .connect()
        .inTransaction(c -> control.create(c, ID, Schedules.definition("{\"every\": \"PT1M\"}")));
    OutboxRelay relay =
        new OutboxRelay(
            database.connect(),
            new Outbox(),
            row -> {
              asked.countDown();
              return answer;
            },
            new RelayConfig());
    var unused = threads.submit(relay::round);
    assertThat(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void end() throws InterruptedException {
    answer.complete(null);
    threads.shutdown();
    assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void ticksGoOn() throws Exception {
    clock.advance(Duration.ofMinutes(1));

    Future<Duration> round = threads.submit(engine::round);

    round.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(database.query("SELECT outcome FROM tick")).containsExactly("FIRED");
    assertStillClaimed();
  }

  @Test
  void answersAUserWhoTriggers() throws Exception {
    Future<ControlResult> triggered =
        threads.submit(() -> database.connect().inTransaction(c -> control.trigger(c, ID)));

    assertThat(triggered.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(Triggered.class);
    assertStillClaimed();
  }

  /** The claim is exclusive all the while: what is added to the shard is left to its relay. */
  private void assertStillClaimed() {
    List<Short> free = database.connect().inTransaction(c -> new Outbox().claimShards(c, Set.of()));
    // Only that of the job request, which has a key of its own.
    assertThat(free).hasSize(1).doesNotContain(Outbox.shardOf(ID.value()));
  }
}
