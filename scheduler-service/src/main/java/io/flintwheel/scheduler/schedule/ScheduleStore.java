package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.schedule.ScheduleId;
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

/** The table {@code schedule}. Every method works in its caller's transaction. */
@Singleton
public class ScheduleStore {

  private static final String COLUMNS =
      "id, revision, version, definition, paused, mark, next_due, created_at, updated_at";
  private static final String ALL_COLUMNS = COLUMNS + ", trouble";

  /** Adds a schedule; false when its id is taken. */
  public boolean insert(Connection connection, Schedule schedule) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO schedule ("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?::json, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
      statement.setString(1, schedule.id().value());
      statement.setInt(2, schedule.revision());
      statement.setLong(3, schedule.version());
      statement.setString(4, schedule.definition().toJson().toString());
      statement.setBoolean(5, schedule.paused());
      setInstant(statement, 6, schedule.mark());
      setInstant(statement, 7, schedule.nextDue());
      setInstant(statement, 8, schedule.createdAt());
      setInstant(statement, 9, schedule.updatedAt());
      return statement.executeUpdate() == 1;
    }
  }

  /** Writes everything that can change; the mark only moves forward. */
  public void update(Connection connection, Schedule schedule) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE schedule SET revision = ?, version = ?, definition = ?::json, paused = ?,"
                + " mark = GREATEST(mark, ?), next_due = ?, updated_at = ?, trouble = NULL"
                + " WHERE id = ?")) {
      statement.setInt(1, schedule.revision());
      statement.setLong(2, schedule.version());
      statement.setString(3, schedule.definition().toJson().toString());
      statement.setBoolean(4, schedule.paused());
      setInstant(statement, 5, schedule.mark());
      setInstant(statement, 6, schedule.nextDue());
      setInstant(statement, 7, schedule.updatedAt());
      statement.setString(8, schedule.id().value());
      statement.executeUpdate();
    }
  }

  /** Moves the marks of schedules, forward only, and says when each is due next. */
  public void updateMarks(Connection connection, List<Schedule> schedules) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE schedule SET mark = GREATEST(mark, ?), next_due = ?, trouble = NULL"
                + " WHERE id = ?")) {
      for (Schedule schedule : schedules) {
        setInstant(statement, 1, schedule.mark());
        setInstant(statement, 2, schedule.nextDue());
        statement.setString(3, schedule.id().value());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  public void delete(Connection connection, ScheduleId id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM schedule WHERE id = ?")) {
      statement.setString(1, id.value());
      statement.executeUpdate();
    }
  }

  public Optional<ScheduleRow> find(Connection connection, ScheduleId id) throws SQLException {
    return one(connection, id, "");
  }

  /** Finds a schedule and keeps everybody else from changing it until the transaction ends. */
  public Optional<ScheduleRow> lock(Connection connection, ScheduleId id) throws SQLException {
    return one(connection, id, " FOR UPDATE");
  }

  private Optional<ScheduleRow> one(Connection connection, ScheduleId id, String suffix)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT " + ALL_COLUMNS + " FROM schedule WHERE id = ?" + suffix)) {
      statement.setString(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(read(rows)) : Optional.empty();
      }
    }
  }

  /** Schedules in the order of their ids, those after {@code after}. */
  public List<ScheduleRow> page(Connection connection, @Nullable String after, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + ALL_COLUMNS
                + " FROM schedule WHERE id COLLATE \"C\" > ? ORDER BY id COLLATE \"C\" LIMIT ?")) {
      statement.setString(1, after == null ? "" : after);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<ScheduleRow> schedules = new ArrayList<>();
        while (rows.next()) {
          schedules.add(read(rows));
        }
        return schedules;
      }
    }
  }

  /**
   * Claims schedules that are due and that no other replica is working on.
   *
   * @return their ids and whether each could be read
   */
  public Due claimDue(Connection connection, Instant now, int limit) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + ALL_COLUMNS
                + " FROM schedule WHERE NOT paused AND next_due <= ?"
                + " ORDER BY next_due LIMIT ? FOR UPDATE SKIP LOCKED")) {
      setInstant(statement, 1, now);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<Schedule> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        while (rows.next()) {
          ScheduleRow row = read(rows);
          try {
            readable.add(row.toSchedule());
          } catch (UnreadableDefinitionException e) {
            unreadable.add(new Unreadable(row.id(), String.valueOf(e.getMessage())));
          }
        }
        return new Due(readable, unreadable);
      }
    }
  }

  /**
   * What was claimed.
   *
   * @param unreadable those whose definition was valid once and is no more, for instance because a
   *     time zone went away
   */
  public record Due(List<Schedule> schedules, List<Unreadable> unreadable) {}

  /** A schedule that cannot be worked on, and why. */
  public record Unreadable(ScheduleId id, String reason) {}

  /** Notes the trouble where users see it and tries again later; no tick is lost meanwhile. */
  public void postpone(Connection connection, Unreadable unreadable, Instant until)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE schedule SET trouble = ?, next_due = ? WHERE id = ?")) {
      statement.setString(1, unreadable.reason());
      setInstant(statement, 2, until);
      statement.setString(3, unreadable.id().value());
      statement.executeUpdate();
    }
  }

  /** When the next tick of any schedule is due. */
  public Optional<Instant> earliestDue(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT min(next_due) FROM schedule WHERE NOT paused");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  private static ScheduleRow read(ResultSet rows) throws SQLException {
    OffsetDateTime nextDue = rows.getObject("next_due", OffsetDateTime.class);
    return new ScheduleRow(
        new ScheduleId(rows.getString("id")),
        rows.getInt("revision"),
        rows.getLong("version"),
        json(rows.getString("definition")),
        rows.getBoolean("paused"),
        instant(rows, "mark"),
        nextDue == null ? null : nextDue.toInstant(),
        rows.getString("trouble"),
        instant(rows, "created_at"),
        instant(rows, "updated_at"));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) EventJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column of type json holds none", e);
    }
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static void setInstant(PreparedStatement statement, int index, @Nullable Instant value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(index, value.atOffset(ZoneOffset.UTC));
    }
  }
}
