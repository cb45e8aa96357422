package io.flintwheel.status.projection;

import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.schedule.TickRef;
import io.flintwheel.status.job.Attempt;
import io.flintwheel.status.job.Cancellation;
import io.flintwheel.status.job.End;
import io.flintwheel.status.job.Executor;
import io.flintwheel.status.job.Job;
import io.flintwheel.status.job.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes what changed of jobs, as one JDBC batch per table. */
final class JobWriter implements AutoCloseable {

  private static final String JOB =
      """
      INSERT INTO job (job_id, change, updated_at, namespace, state, attempt, labels, schedule_id,
                       tick_time, tick_kind, cancel_requested_at, cancel_reason)
      VALUES (?, nextval('change'), ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
      ON CONFLICT (job_id) DO UPDATE SET
        change = excluded.change, updated_at = excluded.updated_at,
        namespace = excluded.namespace, state = excluded.state, attempt = excluded.attempt,
        labels = excluded.labels, schedule_id = excluded.schedule_id,
        tick_time = excluded.tick_time, tick_kind = excluded.tick_kind,
        cancel_requested_at = excluded.cancel_requested_at, cancel_reason = excluded.cancel_reason
      """;

  private static final String ATTEMPT =
      """
      INSERT INTO attempt (job_id, attempt, state, requested_at, accepted_at, submitted_at,
                           started_at, finished_at, driver_name, driver_uid, driver_ip, driver_node,
                           application_id, waiting_reason, waiting_message, waiting_since, failure,
                           warnings, problems, ui_port)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?)
      ON CONFLICT (job_id, attempt) DO UPDATE SET
        state = excluded.state, requested_at = excluded.requested_at,
        accepted_at = excluded.accepted_at, submitted_at = excluded.submitted_at,
        started_at = excluded.started_at, finished_at = excluded.finished_at,
        driver_name = excluded.driver_name, driver_uid = excluded.driver_uid,
        driver_ip = excluded.driver_ip, driver_node = excluded.driver_node,
        application_id = excluded.application_id, waiting_reason = excluded.waiting_reason,
        waiting_message = excluded.waiting_message, waiting_since = excluded.waiting_since,
        failure = excluded.failure, warnings = excluded.warnings, problems = excluded.problems,
        ui_port = excluded.ui_port
      """;

  private static final String EXECUTOR =
      """
      INSERT INTO executor (job_id, attempt, executor_id, state, since, pod_name, pod_uid, pod_ip,
                            pod_node, failure, waiting_reason, waiting_message, waiting_since)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
      ON CONFLICT (job_id, attempt, executor_id) DO UPDATE SET
        state = excluded.state, since = excluded.since, pod_name = excluded.pod_name,
        pod_uid = excluded.pod_uid, pod_ip = excluded.pod_ip, pod_node = excluded.pod_node,
        failure = excluded.failure, waiting_reason = excluded.waiting_reason,
        waiting_message = excluded.waiting_message, waiting_since = excluded.waiting_since
      """;

  private final PreparedStatement jobs;
  private final PreparedStatement attempts;
  private final PreparedStatement executors;
  private final Instant now;

  JobWriter(Connection connection, Instant now) throws SQLException {
    this.now = now;
    this.jobs = connection.prepareStatement(JOB);
    this.attempts = connection.prepareStatement(ATTEMPT);
    this.executors = connection.prepareStatement(EXECUTOR);
  }

  /** Adds a job; {@code stored} is what the database holds of it. */
  void add(@Nullable Job stored, Job job) throws SQLException {
    TickRef tick = job.tick();
    Cancellation cancellation = job.cancellation();
    Sql.bind(
        jobs,
        job.jobId().value(),
        now,
        job.namespace(),
        job.state().name(),
        job.lifecycle().attempt(),
        Json.write(job.labels()),
        tick == null ? null : tick.scheduleId().value(),
        tick == null ? null : tick.nominalTime(),
        tick == null ? null : tick.kind().name(),
        cancellation == null ? null : cancellation.requestedAt(),
        cancellation == null ? null : cancellation.reason());
    jobs.addBatch();
    for (Attempt attempt : job.attempts().values()) {
      Attempt before = stored == null ? null : stored.attempts().get(attempt.number());
      if (!attempt.equals(before)) {
        add(job.jobId().value(), attempt);
        for (Executor executor : attempt.executors().values()) {
          if (before == null || !executor.equals(before.executors().get(executor.id()))) {
            add(job.jobId().value(), attempt.number(), executor);
          }
        }
      }
    }
  }

  private void add(String jobId, Attempt attempt) throws SQLException {
    PodRef driver = attempt.driver();
    Waiting waiting = attempt.waiting();
    End end = attempt.end();
    Sql.bind(
        attempts,
        jobId,
        attempt.number(),
        attempt.state().name(),
        attempt.times().requestedAt(),
        attempt.times().acceptedAt(),
        attempt.times().submittedAt(),
        attempt.times().startedAt(),
        end == null ? null : end.at(),
        driver == null ? null : driver.name(),
        driver == null ? null : driver.uid(),
        driver == null ? null : driver.ip(),
        driver == null ? null : driver.node(),
        attempt.applicationId(),
        waiting == null ? null : waiting.reason(),
        waiting == null ? null : waiting.message(),
        waiting == null ? null : waiting.since(),
        end == null ? null : Json.write(end.failure()),
        Json.write(attempt.warnings()),
        Json.write(attempt.problems()),
        attempt.uiPort());
    attempts.addBatch();
  }

  private void add(String jobId, int attempt, Executor executor) throws SQLException {
    Waiting waiting = executor.waiting();
    Sql.bind(
        executors,
        jobId,
        attempt,
        executor.id(),
        executor.state().name(),
        executor.since(),
        executor.pod().name(),
        executor.pod().uid(),
        executor.pod().ip(),
        executor.pod().node(),
        Json.write(executor.failure()),
        waiting == null ? null : waiting.reason(),
        waiting == null ? null : waiting.message(),
        waiting == null ? null : waiting.since());
    executors.addBatch();
  }

  void write() throws SQLException {
    jobs.executeBatch();
    attempts.executeBatch();
    executors.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    try (jobs;
        attempts) {
      executors.close();
    }
  }
}
