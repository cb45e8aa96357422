package io.flintwheel.status.projection;

import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLifecycle;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.events.schedule.TickRef;
import io.flintwheel.status.job.Attempt;
import io.flintwheel.status.job.Cancellation;
import io.flintwheel.status.job.End;
import io.flintwheel.status.job.Executor;
import io.flintwheel.status.job.Job;
import io.flintwheel.status.job.Times;
import io.flintwheel.status.job.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads jobs with all that belongs to them: three statements, however many jobs. */
final class JobRows {

  private JobRows() {}

  /** The jobs whose ids a statement with one column selects, in that statement's order. */
  static List<StoredJob> read(Connection connection, String where, @Nullable Object... parameters)
      throws SQLException {
    List<JobRow> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT * FROM job " + where)) {
      Sql.bind(select, parameters);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(jobRow(row));
        }
      }
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    String[] ids = rows.stream().map(row -> row.jobId().value()).toArray(String[]::new);
    Map<String, Map<String, Executor>> executors = executors(connection, ids);
    Map<String, SortedMap<Integer, Attempt>> attempts = attempts(connection, ids, executors);
    return rows.stream()
        .map(row -> row.with(attempts.getOrDefault(row.jobId().value(), new TreeMap<>())))
        .toList();
  }

  private record JobRow(Job job, long created, long change, Instant updatedAt) {
    JobId jobId() {
      return job.jobId();
    }

    StoredJob with(SortedMap<Integer, Attempt> attempts) {
      return new StoredJob(
          new Job(
              job.jobId(),
              job.namespace(),
              job.lifecycle(),
              job.labels(),
              job.tick(),
              job.cancellation(),
              attempts),
          created,
          change,
          updatedAt);
    }
  }

  private static JobRow jobRow(ResultSet row) throws SQLException {
    String schedule = row.getString("schedule_id");
    Instant cancelled = Sql.instant(row, "cancel_requested_at");
    Job job =
        new Job(
            new JobId(row.getString("job_id")),
            row.getString("namespace"),
            JobLifecycle.of(JobState.valueOf(row.getString("state")), row.getInt("attempt")),
            Json.labels(row.getString("labels")),
            schedule == null
                ? null
                : new TickRef(
                    new ScheduleId(schedule),
                    Sql.requiredInstant(row, "tick_time"),
                    TickKind.valueOf(row.getString("tick_kind"))),
            cancelled == null ? null : new Cancellation(cancelled, row.getString("cancel_reason")),
            new TreeMap<>());
    return new JobRow(
        job, row.getLong("created"), row.getLong("change"), Sql.requiredInstant(row, "updated_at"));
  }

  private static Map<String, SortedMap<Integer, Attempt>> attempts(
      Connection connection, String[] ids, Map<String, Map<String, Executor>> executors)
      throws SQLException {
    Map<String, SortedMap<Integer, Attempt>> attempts = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM attempt WHERE job_id = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("text", ids));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String jobId = row.getString("job_id");
          int number = row.getInt("attempt");
          attempts
              .computeIfAbsent(jobId, id -> new TreeMap<>())
              .put(number, attempt(row, executors.getOrDefault(key(jobId, number), Map.of())));
        }
      }
    }
    return attempts;
  }

  private static Attempt attempt(ResultSet row, Map<String, Executor> executors)
      throws SQLException {
    JobState state = JobState.valueOf(row.getString("state"));
    Instant finishedAt = Sql.instant(row, "finished_at");
    return new Attempt(
        JobLifecycle.of(state, row.getInt("attempt")),
        new Times(
            Sql.instant(row, "requested_at"),
            Sql.instant(row, "accepted_at"),
            Sql.instant(row, "submitted_at"),
            Sql.instant(row, "started_at")),
        Sql.pod(row, "driver"),
        row.getString("application_id"),
        row.getObject("ui_port", Integer.class),
        waiting(row),
        finishedAt == null
            ? null
            : new End(state, finishedAt, Json.failure(row.getString("failure"))),
        Json.problems(row.getString("warnings")),
        Json.problems(row.getString("problems")),
        executors);
  }

  private static @Nullable Waiting waiting(ResultSet row) throws SQLException {
    Instant since = Sql.instant(row, "waiting_since");
    return since == null
        ? null
        : new Waiting(row.getString("waiting_reason"), row.getString("waiting_message"), since);
  }

  private static Map<String, Map<String, Executor>> executors(Connection connection, String[] ids)
      throws SQLException {
    Map<String, Map<String, Executor>> executors = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM executor WHERE job_id = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("text", ids));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          PodRef pod = Objects.requireNonNull(Sql.pod(row, "pod"), "pod_uid is not null");
          Executor executor =
              new Executor(
                  row.getString("executor_id"),
                  pod,
                  ExecutorState.valueOf(row.getString("state")),
                  Json.failure(row.getString("failure")),
                  Sql.requiredInstant(row, "since"),
                  waiting(row));
          executors
              .computeIfAbsent(
                  key(row.getString("job_id"), row.getInt("attempt")), id -> new HashMap<>())
              .put(executor.id(), executor);
        }
      }
    }
    return executors;
  }

  private static String key(String jobId, int attempt) {
    return jobId + "/" + attempt;
  }
}
