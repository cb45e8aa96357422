package io.flintwheel.scheduler.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.scheduler.ManualClock;
import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.Schedules;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleStore;
import io.flintwheel.testing.PostgresTestResource;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TwoReplicasIT {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SCHEDULES = 50;
  private static final int SECONDS = 40;

  private final SchedulerDatabase database = SchedulerDatabase.create("two_replicas");
  private final ScheduleStore store = new ScheduleStore();

  @Test
  void firesEachOfTwoThousandTicksOnceWhenTwoReplicasRace() throws Exception {
    for (int i = 0; i < SCHEDULES; i++) {
      create("s" + i, "{\"every\": \"PT1S\"}");
    }
    ManualClock clock = new ManualClock(NOON);
    CyclicBarrier bothDone = new CyclicBarrier(2, () -> clock.advance(Duration.ofSeconds(1)));

    ExecutorService replicas = Executors.newFixedThreadPool(2);
    List<Future<?>> running = new ArrayList<>();
    for (int replica = 0; replica < 2; replica++) {
      TickEngine engine = Engines.engine(database.connect(), clock, 7);
      running.add(
          replicas.submit(
              () -> {
                // The first step only starts the clock, the last one works off its last second.
                for (int second = 0; second <= SECONDS; second++) {
                  engine.round();
                  bothDone.await();
                }
                return null;
              }));
    }
    for (Future<?> replica : running) {
      replica.get();
    }
    replicas.shutdown();

    // A replica can leave to the other what the other claims; nobody is late by more than a second.
    assertThat(count("SELECT count(*) FROM tick WHERE outcome = 'FIRED'"))
        .isEqualTo(SCHEDULES * SECONDS);
    assertThat(count("SELECT count(DISTINCT job_id) FROM tick")).isEqualTo(SCHEDULES * SECONDS);
    assertThat(count("SELECT count(*) FROM tick WHERE outcome <> 'FIRED'")).isZero();
    assertThat(count("SELECT count(*) FROM outbox WHERE topic LIKE '%job-requests%'"))
        .isEqualTo(SCHEDULES * SECONDS);
    assertThat(count("SELECT count(DISTINCT headers->>'ce_id') FROM outbox"))
        .isEqualTo(2 * SCHEDULES * SECONDS);
  }

  @Test
  void firesOnceWhenTransactionOfFirstReplicaNeverEnds() {
    create("torn", "{\"every\": \"PT1M\"}");
    ManualClock clock = new ManualClock(NOON.plusSeconds(60));
    Database crashing = database.connect();
    TickEngine survivor = Engines.engine(database.connect(), clock, 100);

    // What a replica does that is killed before its commit: all of it, undone by PostgreSQL.
    try {
      crashing.inTransaction(
          connection -> {
            var due = store.claimDue(connection, clock.now(), 10);
            TickRecorder recorder = Engines.recorder();
            recorder.settle(connection, due.schedules().get(0), clock.now());
            assertThat(survivor.runBatch()).as("claimed by the other").isZero();
            throw new IllegalStateException("killed");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("killed");
    }
    survivor.round();

    assertThat(database.query("SELECT job_id FROM tick")).containsExactly("torn-20261123t120100z");
    assertThat(count("SELECT count(*) FROM outbox")).isEqualTo(2);
  }

  @Test
  void firesWhenReplicaThatClaimedItHangs() {
    create("hung", "{\"every\": \"PT1M\"}");
    ManualClock clock = new ManualClock(NOON.plusSeconds(60));
    Database hanging = database.connect();
    TickEngine survivor = Engines.engine(database.connect(), clock, 100);

    assertThatThrownBy(
            () ->
                hanging.inTransaction(
                    connection -> {
                      try (Statement statement = connection.createStatement()) {
                        // The service has 10 s: FirstJobIT.
                        statement.execute("SET idle_in_transaction_session_timeout = '300ms'");
                      }
                      Schedule claimed =
                          store.claimDue(connection, clock.now(), 10).schedules().get(0);
                      assertThat(survivor.runBatch()).as("claimed by the other").isZero();
                      await().atMost(PATIENCE).until(() -> survivor.runBatch() == 1);
                      Engines.recorder().settle(connection, claimed, clock.now());
                      return claimed;
                    }))
        .isInstanceOf(DatabaseException.class);

    assertThat(database.query("SELECT job_id FROM tick")).containsExactly("hung-20261123t120100z");
    assertThat(count("SELECT count(*) FROM outbox")).isEqualTo(2);
  }

  @Test
  void requestsJobsWhenDriverRewritesBatches() {
    for (int i = 0; i < 10; i++) {
      create("s" + i, "{\"every\": \"PT1M\"}");
    }
    LocalPostgres postgres = PostgresTestResource.postgres();
    PGSimpleDataSource rewriting = new PGSimpleDataSource();
    rewriting.setUrl(postgres.jdbcUrl("two_replicas"));
    rewriting.setUser(postgres.username());
    rewriting.setPassword(postgres.password());
    rewriting.setReWriteBatchedInserts(true);
    ManualClock clock = new ManualClock(NOON.plusSeconds(60));

    Engines.engine(new Database(rewriting), clock, 100).round();

    assertThat(count("SELECT count(*) FROM tick WHERE outcome = 'FIRED'")).isEqualTo(10);
    assertThat(count("SELECT count(*) FROM outbox WHERE topic LIKE '%job-requests%'"))
        .isEqualTo(10);
  }

  @Test
  void keepsOthersFiringWhenOneScheduleCannotBeRead() {
    create("broken", "{\"cron\": \"* * * * *\"}");
    create("sound", "{\"cron\": \"* * * * *\"}");
    database.execute(
        "UPDATE schedule SET definition ="
            + " replace(definition::text, '\"UTC\"', '\"Europe/Atlantis\"')::json"
            + " WHERE id = 'broken'");
    ManualClock clock = new ManualClock(NOON.plusSeconds(60));

    Engines.engine(database.connect(), clock, 100).round();

    assertThat(database.query("SELECT schedule_id FROM tick")).containsExactly("sound");
    assertThat(database.query("SELECT trouble FROM schedule WHERE id = 'broken'").get(0))
        .contains("Europe/Atlantis");
    assertThat(
            database.query(
                "SELECT (mark = '2026-11-23T12:00:00Z')::text FROM schedule"
                    + " WHERE id = 'broken'"))
        .containsExactly("true");
  }

  @Test
  void firesInOrderOfTimeWhenThousandSchedulesAreDueAtOnce() {
    for (int i = 0; i < 1000; i++) {
      create("s" + i, "{\"cron\": \"@hourly\"}");
    }
    ManualClock clock = new ManualClock(NOON.plus(Duration.ofHours(1)));

    Engines.engine(database.connect(), clock, 100).round();

    assertThat(count("SELECT count(*) FROM tick WHERE outcome = 'FIRED'")).isEqualTo(1000);
    assertThat(count("SELECT count(*) FROM schedule WHERE next_due = '2026-11-23T14:00:00Z'"))
        .isEqualTo(1000);
  }

  private void create(String id, String spec) {
    database
        .connect()
        .inTransaction(connection -> store.insert(connection, Schedules.schedule(id, spec, NOON)));
  }

  private int count(String sql) {
    return Integer.parseInt(database.query(sql).get(0));
  }
}
