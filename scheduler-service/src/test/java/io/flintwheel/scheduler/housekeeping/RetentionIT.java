package io.flintwheel.scheduler.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.outbox.RelayConfig;
import io.flintwheel.scheduler.tick.Engines;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionIT {

  private static final String ROW =
      "INSERT INTO outbox (shard, topic, record_key, headers, value, published_at)"
          + " VALUES (0, 't', 'k', '{}', '', ";

  private final SchedulerDatabase database = SchedulerDatabase.create("retention");

  @Test
  void deletesOnlyWhatWasPublishedLongAgo() {
    database.execute(ROW + "clock_timestamp() - interval '2 days')");
    database.execute(ROW + "clock_timestamp())");
    database.execute(ROW + "NULL)");
    Retention retention =
        new Retention(
            database.connect(), Engines.config(1), new RelayConfig(), () -> Duration.ofDays(7));

    retention.trim();

    assertThat(database.query("SELECT id FROM outbox ORDER BY id")).containsExactly("2", "3");
  }

  @Test
  void deletesTicksAndKeysWhenTheirTimeIsOver() {
    database.execute(
        "INSERT INTO tick (schedule_id, nominal, kind, outcome, job_id, tick_count,"
            + " count_is_minimum, decided_at) VALUES ('s', clock_timestamp(), 'MANUAL', 'FIRED',"
            + " 'j', 1, false, clock_timestamp() - interval '91 days')");
    database.execute(
        "INSERT INTO idempotency_key (key, request_digest, created_at)"
            + " VALUES ('k', 'b', clock_timestamp() - interval '8 days')");
    Retention retention =
        new Retention(
            database.connect(), Engines.config(1), new RelayConfig(), () -> Duration.ofDays(7));

    retention.trim();

    assertThat(database.query("SELECT schedule_id FROM tick")).isEmpty();
    assertThat(database.query("SELECT key FROM idempotency_key")).isEmpty();
  }
}
