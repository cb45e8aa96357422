package io.flintwheel.scheduler.tick;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code tick}. Every method works in its caller's transaction. */
@Singleton
public class TickStore {

  /** A tick and when its fate was decided. */
  public record Recorded(Tick tick, Instant decidedAt) {}

  /** The place of a tick in the history of its schedule. */
  public record Position(Instant nominal, TickKind kind) {}

  /** Records ticks; returns those that were not there already, in the same order. */
  List<Tick> insert(Connection connection, List<Tick> ticks, Instant decidedAt)
      throws SQLException {
    List<Tick> inserted = new ArrayList<>();
    // SELECT, not VALUES: with reWriteBatchedInserts in its URL the driver would join the latter to
    // one statement, and not tell any more which of them were new.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO tick (schedule_id, nominal, kind, outcome, reason, job_id, tick_count,"
                + " count_is_minimum, until, decided_at) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                + " ON CONFLICT DO NOTHING")) {
      for (Tick tick : ticks) {
        bind(statement, tick, decidedAt);
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 1) {
          inserted.add(ticks.get(i));
        }
      }
    }
    return inserted;
  }

  private static void bind(PreparedStatement statement, Tick tick, Instant decidedAt)
      throws SQLException {
    DropReason reason = tick.reason();
    JobId jobId = tick.jobId();
    statement.setString(1, tick.scheduleId().value());
    statement.setObject(2, tick.nominal().atOffset(ZoneOffset.UTC));
    statement.setString(3, tick.kind().name());
    statement.setString(4, tick.outcome().name());
    statement.setString(5, reason == null ? null : reason.name());
    statement.setString(6, jobId == null ? null : jobId.value());
    statement.setInt(7, tick.count());
    statement.setBoolean(8, tick.countIsMinimum());
    Instant until = tick.until();
    statement.setObject(
        9, until == null ? null : until.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setObject(10, decidedAt.atOffset(ZoneOffset.UTC));
  }

  /** The latest nominal time of a manual tick, of any schedule that ever had this id. */
  Optional<Instant> lastManual(Connection connection, ScheduleId id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT max(nominal) FROM tick WHERE schedule_id = ? AND kind = 'MANUAL'")) {
      statement.setString(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
            .map(OffsetDateTime::toInstant);
      }
    }
  }

  /** A schedule's ticks, newest first, those before {@code before}. */
  public List<Recorded> page(
      Connection connection, ScheduleId id, @Nullable Position before, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT nominal, kind, outcome, reason, job_id, tick_count, count_is_minimum, until,"
                + " decided_at FROM tick WHERE schedule_id = ?"
                + " AND (?::timestamptz IS NULL OR (nominal, kind) < (?::timestamptz, ?))"
                + " ORDER BY nominal DESC, kind DESC LIMIT ?")) {
      OffsetDateTime nominal = before == null ? null : before.nominal().atOffset(ZoneOffset.UTC);
      statement.setString(1, id.value());
      statement.setObject(2, nominal, Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setObject(3, nominal, Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setString(4, before == null ? null : before.kind().name());
      statement.setInt(5, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<Recorded> page = new ArrayList<>();
        while (rows.next()) {
          page.add(read(id, rows));
        }
        return page;
      }
    }
  }

  private static Recorded read(ScheduleId id, ResultSet rows) throws SQLException {
    String reason = rows.getString("reason");
    String jobId = rows.getString("job_id");
    OffsetDateTime until = rows.getObject("until", OffsetDateTime.class);
    return new Recorded(
        new Tick(
            id,
            rows.getObject("nominal", OffsetDateTime.class).toInstant(),
            TickKind.valueOf(rows.getString("kind")),
            TickOutcome.valueOf(rows.getString("outcome")),
            jobId == null ? null : new JobId(jobId),
            reason == null ? null : DropReason.valueOf(reason),
            rows.getInt("tick_count"),
            rows.getBoolean("count_is_minimum"),
            until == null ? null : until.toInstant()),
        rows.getObject("decided_at", OffsetDateTime.class).toInstant());
  }
}
