package io.flintwheel.status.logs;

import io.flintwheel.status.projection.StatusDatabase;
import io.flintwheel.status.projection.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Logs as rows. */
@ApplicationScoped
class PostgresLogArchive implements LogArchive {

  private static final String SAVE =
      """
      INSERT INTO attempt_log (job_id, attempt, driver_uid, captured_at, complete, cut, content)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (job_id, attempt, driver_uid) DO UPDATE SET
        captured_at = excluded.captured_at, complete = excluded.complete, cut = excluded.cut,
        content = excluded.content
      WHERE excluded.complete OR NOT attempt_log.complete
      """;

  private static final String OF_DRIVER = " WHERE job_id = ? AND attempt = ? AND driver_uid = ?";

  private final StatusDatabase database;
  private final Clock clock;

  PostgresLogArchive(StatusDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void save(DriverContainer driver, ArchivedLog log) throws StoreUnavailable {
    database.update(
        SAVE,
        driver.jobId().value(),
        driver.attempt(),
        driver.uid(),
        clock.instant(),
        log.complete(),
        log.end().cut(),
        log.end().content());
  }

  @Override
  public void complete(DriverContainer driver) throws StoreUnavailable {
    database.update(
        "UPDATE attempt_log SET complete = true" + OF_DRIVER,
        driver.jobId().value(),
        driver.attempt(),
        driver.uid());
  }

  @Override
  public Optional<ArchivedLog> find(DriverContainer driver) throws StoreUnavailable {
    return database.query(
        "SELECT content, complete, cut FROM attempt_log" + OF_DRIVER,
        row ->
            row.next()
                ? Optional.of(
                    new ArchivedLog(
                        new LogEnd(row.getBytes(1), row.getBoolean(3)), row.getBoolean(2)))
                : Optional.empty(),
        driver.jobId().value(),
        driver.attempt(),
        driver.uid());
  }

  @Override
  public boolean isComplete(DriverContainer driver) throws StoreUnavailable {
    return database.query(
        "SELECT complete FROM attempt_log" + OF_DRIVER,
        row -> row.next() && row.getBoolean(1),
        driver.jobId().value(),
        driver.attempt(),
        driver.uid());
  }
}
