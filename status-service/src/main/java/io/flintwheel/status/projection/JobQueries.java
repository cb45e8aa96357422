package io.flintwheel.status.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.PodRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the projection. */
@ApplicationScoped
public class JobQueries {

  private static final String OPEN =
      "state IN ('REQUESTED', 'ACCEPTED', 'SUBMITTED', 'PENDING', 'RUNNING', 'RETRYING')";

  private final StatusDatabase database;

  JobQueries(StatusDatabase database) {
    this.database = database;
  }

  /** One job. */
  public Optional<StoredJob> find(JobId jobId) throws StoreUnavailable {
    return read("WHERE job_id = ?", jobId.value()).stream().findFirst();
  }

  /** A page of jobs, newest first. */
  public List<StoredJob> page(JobFilter filter) throws StoreUnavailable {
    List<String> conditions = new ArrayList<>(List.of("true"));
    List<Object> parameters = new ArrayList<>();
    if (!filter.states().isEmpty()) {
      String marks = String.join(", ", Collections.nCopies(filter.states().size(), "?"));
      conditions.add("state IN (" + marks + ")");
      filter.states().forEach(state -> parameters.add(state.name()));
    }
    BiConsumer<String, Object> condition =
        (sql, parameter) -> {
          conditions.add(sql);
          parameters.add(parameter);
        };
    filter.namespace().ifPresent(namespace -> condition.accept("namespace = ?", namespace));
    filter.schedule().ifPresent(schedule -> condition.accept("schedule_id = ?", schedule.value()));
    if (!filter.labels().isEmpty()) {
      condition.accept("labels @> ?::jsonb", String.valueOf(Json.write(filter.labels())));
    }
    filter.before().ifPresent(created -> condition.accept("created < ?", created));
    parameters.add(filter.limit());
    return read(
        "WHERE " + String.join(" AND ", conditions) + " ORDER BY created DESC LIMIT ?",
        parameters.toArray());
  }

  /** Jobs that changed after a change, in that order. */
  public List<StoredJob> changedAfter(long change, int limit) throws StoreUnavailable {
    return read("WHERE change > ? ORDER BY change LIMIT ?", change, limit);
  }

  /** Jobs that have not ended and changed after a change, in that order. */
  public List<StoredJob> openAfter(long change, int limit) throws StoreUnavailable {
    return read("WHERE " + OPEN + " AND change > ? ORDER BY change LIMIT ?", change, limit);
  }

  /** The number of the latest change. */
  public long latestChange() throws StoreUnavailable {
    return database.query(
        "SELECT coalesce(max(change), 0) FROM job",
        row -> {
          row.next();
          return row.getLong(1);
        });
  }

  /** How many jobs are in each state. */
  public Map<JobState, Long> countByState() throws StoreUnavailable {
    return database.query(
        "SELECT state, count(*) FROM job GROUP BY state",
        row -> {
          Map<JobState, Long> counts = new EnumMap<>(JobState.class);
          while (row.next()) {
            counts.put(JobState.valueOf(row.getString(1)), row.getLong(2));
          }
          return counts;
        });
  }

  /** A job's timeline in the order in which it was recorded. */
  public List<RecordedEvent> events(JobId jobId, long after, int limit) throws StoreUnavailable {
    return database.query(
        "SELECT * FROM job_event WHERE job_id = ? AND seq > ? ORDER BY seq LIMIT ?",
        row -> {
          List<RecordedEvent> events = new ArrayList<>();
          while (row.next()) {
            events.add(event(row));
          }
          return events;
        },
        jobId.value(),
        after,
        limit);
  }

  /** Pods in a namespace that are known to exist and of which no end is known. */
  public List<OpenPod> openPods(String namespace) throws StoreUnavailable {
    return database.query(
        """
        SELECT job_id, a.attempt, NULL AS executor_id, driver_name AS pod_name,
               driver_uid AS pod_uid, driver_ip AS pod_ip, driver_node AS pod_node
        FROM attempt a JOIN job j USING (job_id)
        WHERE j.namespace = ? AND a.finished_at IS NULL AND a.driver_uid IS NOT NULL
        UNION ALL
        SELECT job_id, e.attempt, executor_id, pod_name, pod_uid, pod_ip, pod_node
        FROM executor e JOIN job j USING (job_id)
        WHERE j.namespace = ? AND e.state IN ('PENDING', 'RUNNING')
        """,
        row -> {
          List<OpenPod> pods = new ArrayList<>();
          while (row.next()) {
            PodRef pod = Objects.requireNonNull(Sql.pod(row, "pod"), "pod_uid is not null");
            pods.add(
                new OpenPod(
                    new JobId(row.getString("job_id")),
                    namespace,
                    row.getInt("attempt"),
                    row.getString("executor_id"),
                    pod));
          }
          return pods;
        },
        namespace,
        namespace);
  }

  private static RecordedEvent event(ResultSet row) throws SQLException {
    try {
      int attempt = row.getInt("attempt");
      return new RecordedEvent(
          row.getLong("seq"),
          row.getString("id"),
          row.getString("source"),
          row.getString("type"),
          attempt == 0 ? null : attempt,
          Sql.requiredInstant(row, "time"),
          Sql.requiredInstant(row, "recorded_at"),
          EventJson.mapper().readTree(row.getString("data")));
    } catch (JsonProcessingException e) {
      throw new SQLException("column data", e);
    }
  }

  private List<StoredJob> read(String where, @Nullable Object... parameters)
      throws StoreUnavailable {
    return database.ask(connection -> JobRows.read(connection, where, parameters));
  }
}
