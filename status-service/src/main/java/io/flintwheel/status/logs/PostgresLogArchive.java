package io.flintwheel.status.logs;

import io.flintwheel.events.job.JobId;
import io.flintwheel.status.projection.SchemaMigration;
import io.flintwheel.status.projection.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/** Logs as rows. */
@ApplicationScoped
class PostgresLogArchive implements LogArchive {

  private static final String SAVE =
      """
      INSERT INTO attempt_log (job_id, attempt, captured_at, complete, cut, content)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (job_id, attempt) DO UPDATE SET
        captured_at = excluded.captured_at, complete = excluded.complete, cut = excluded.cut,
        content = excluded.content
      WHERE excluded.complete OR NOT attempt_log.complete
      """;

  private final DataSource database;
  private final SchemaMigration schema;
  private final Clock clock;

  PostgresLogArchive(DataSource database, SchemaMigration schema, Clock clock) {
    this.database = database;
    this.schema = schema;
    this.clock = clock;
  }

  @Override
  public void save(JobId jobId, int attempt, ArchivedLog log) throws StoreUnavailable {
    schema.requireDone();
    try (Connection connection = database.getConnection();
        PreparedStatement save = connection.prepareStatement(SAVE)) {
      save.setString(1, jobId.value());
      save.setInt(2, attempt);
      save.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
      save.setBoolean(4, log.complete());
      save.setBoolean(5, log.cut());
      save.setBytes(6, log.content());
      save.executeUpdate();
    } catch (SQLException e) {
      throw new StoreUnavailable(e);
    }
  }

  @Override
  public Optional<ArchivedLog> find(JobId jobId, int attempt) throws StoreUnavailable {
    return select(
        "SELECT content, complete, cut FROM attempt_log WHERE job_id = ? AND attempt = ?",
        jobId,
        attempt,
        row ->
            row.next()
                ? Optional.of(
                    new ArchivedLog(row.getBytes(1), row.getBoolean(2), row.getBoolean(3)))
                : Optional.empty());
  }

  @Override
  public boolean isComplete(JobId jobId, int attempt) throws StoreUnavailable {
    return select(
        "SELECT complete FROM attempt_log WHERE job_id = ? AND attempt = ?",
        jobId,
        attempt,
        row -> row.next() && row.getBoolean(1));
  }

  private <T> T select(String sql, JobId jobId, int attempt, Rows<T> rows) throws StoreUnavailable {
    schema.requireDone();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, jobId.value());
      select.setInt(2, attempt);
      try (ResultSet row = select.executeQuery()) {
        return rows.read(row);
      }
    } catch (SQLException e) {
      throw new StoreUnavailable(e);
    }
  }

  @FunctionalInterface
  private interface Rows<T> {
    T read(ResultSet row) throws SQLException;
  }
}
