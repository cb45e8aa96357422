package io.flintwheel.status.projection;

import io.flintwheel.events.job.PodRef;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants, pods and absent values in JDBC. */
final class Sql {

  private Sql() {}

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static Instant requiredInstant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable PodRef pod(ResultSet row, String prefix) throws SQLException {
    String uid = row.getString(prefix + "_uid");
    return uid == null
        ? null
        : new PodRef(
            row.getString(prefix + "_name"),
            uid,
            row.getString(prefix + "_ip"),
            row.getString(prefix + "_node"));
  }

  /** Sets the parameters from the first on. */
  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(i + 1, value instanceof Instant instant ? time(instant) : value);
    }
  }
}
