package io.flintwheel.status.projection;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.status.job.Job;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages into the database: one transaction for a batch.
 *
 * <p>One projector writes at a time, over all replicas (an advisory lock until the commit). So
 * {@code change} and {@code seq} grow in the order of commits, and who reads "all after n" misses
 * nothing; and replicas that hold different partitions of one job never deadlock.
 */
@Singleton
class Projector implements Projection {

  /** Any number that nothing else in this database uses. */
  private static final long WRITER_LOCK = 0x666c696e74L;

  private static final String EVENT =
      """
      INSERT INTO job_event (source, id, job_id, attempt, type, time, recorded_at, data)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      ON CONFLICT (job_id, source, id) DO NOTHING
      """;

  private final DataSource database;
  private final Clock clock;
  private final String becomeWriter;

  Projector(DataSource database, Clock clock, ProjectionConfig config) {
    this.database = database;
    this.clock = clock;
    // A writer that freezes, or whose machine is gone without a word, is thrown out: it would hold
    // up all others for as long as TCP believes in it, which can be hours.
    this.becomeWriter =
        "SET LOCAL idle_in_transaction_session_timeout = %d; SELECT pg_advisory_xact_lock(%d)"
            .formatted(config.frozenAfter().toMillis(), WRITER_LOCK);
  }

  @Override
  public int project(List<Event<JobMessage>> batch) throws SQLException {
    if (batch.isEmpty()) {
      return 0;
    }
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try {
        int news = project(connection, batch);
        connection.commit();
        return news;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } catch (AssertionError e) {
        // The driver's way to say that the connection ended in the middle of a batch.
        connection.rollback();
        throw new SQLException("the connection ended", e);
      }
    }
  }

  /** Whatever a pool throws, such as while it is closed, says nothing about the batch. */
  private Connection connect() throws SQLException {
    try {
      return database.getConnection();
    } catch (RuntimeException e) {
      throw new SQLException("no connection", e);
    }
  }

  private int project(Connection connection, List<Event<JobMessage>> batch) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute(becomeWriter);
    }
    Instant now = clock.instant();
    List<Event<JobMessage>> fresh = record(connection, batch, now);
    if (fresh.isEmpty()) {
      return 0;
    }
    Map<JobId, Job> stored = load(connection, fresh);
    Map<JobId, Job> changed = new LinkedHashMap<>();
    for (Event<JobMessage> event : fresh) {
      JobId jobId = event.data().jobId();
      Job known = changed.getOrDefault(jobId, stored.get(jobId));
      Optional<Job> told = Job.tell(known, event);
      told.filter(job -> !job.equals(known)).ifPresent(job -> changed.put(jobId, job));
    }
    try (JobWriter writer = new JobWriter(connection, now)) {
      for (Job job : changed.values()) {
        writer.add(stored.get(job.jobId()), job);
      }
      writer.write();
    }
    if (!changed.isEmpty()) {
      try (Statement notify = connection.createStatement()) {
        notify.execute("NOTIFY " + ChangeFeed.CHANNEL);
      }
    }
    return fresh.size();
  }

  private static List<Event<JobMessage>> record(
      Connection connection, List<Event<JobMessage>> batch, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
      for (Event<JobMessage> event : batch) {
        JobMessage message = event.data();
        Sql.bind(
            insert,
            event.source().toString(),
            event.id().value(),
            message.jobId().value(),
            attemptOf(message),
            message.type(),
            event.time(),
            now,
            Json.timelineOf(message));
        insert.addBatch();
      }
      int[] inserted = insert.executeBatch();
      List<Event<JobMessage>> fresh = new ArrayList<>();
      for (int i = 0; i < inserted.length; i++) {
        if (inserted[i] > 0) {
          fresh.add(batch.get(i));
        }
      }
      return fresh;
    }
  }

  private static @Nullable Integer attemptOf(JobMessage message) {
    return message instanceof JobCommand ? null : (Integer) ((JobFact) message).attempt();
  }

  private static Map<JobId, Job> load(Connection connection, List<Event<JobMessage>> events)
      throws SQLException {
    TreeSet<String> ids = new TreeSet<>();
    events.forEach(event -> ids.add(event.data().jobId().value()));
    Map<JobId, Job> jobs = new HashMap<>();
    for (StoredJob stored :
        JobRows.read(
            connection,
            "WHERE job_id = ANY (?)",
            connection.createArrayOf("text", ids.toArray(String[]::new)))) {
      jobs.put(stored.job().jobId(), stored.job());
    }
    return jobs;
  }
}
