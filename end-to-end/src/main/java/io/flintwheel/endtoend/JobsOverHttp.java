package io.flintwheel.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Jobs as the status service tells them. */
public final class JobsOverHttp {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final ServiceHttp status;

  public JobsOverHttp(ServiceHttp status) {
    this.status = status;
  }

  /** The job, or nothing when it is unknown or nobody answers. */
  public Optional<JsonNode> find(JobId jobId) {
    try {
      ServiceHttp.Answer answer = status.get("/api/v1/jobs/" + jobId);
      return answer.status() == 200 ? Optional.of(answer.json()) : Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Waits for a state; fails at once when the job ends in another. */
  public JsonNode awaitState(JobId jobId, JobState wanted) {
    return await(jobId, wanted.name(), job -> state(job) == wanted, wanted.isTerminal());
  }

  /** Waits until something holds of the job, wherever else it may be. */
  public JsonNode await(JobId jobId, String what, Predicate<JsonNode> condition) {
    return await(jobId, what, condition, false);
  }

  private JsonNode await(
      JobId jobId, String what, Predicate<JsonNode> condition, boolean failAtOtherEnd) {
    return Awaitility.await("job " + jobId + " is " + what)
        .atMost(LIMIT)
        .pollInterval(INTERVAL)
        .until(
            () -> {
              Optional<JsonNode> job = find(jobId);
              if (failAtOtherEnd && job.isPresent() && !condition.test(job.get())) {
                refuseOtherEnd(what, job.get());
              }
              return job;
            },
            job -> job.isPresent() && condition.test(job.get()))
        .orElseThrow();
  }

  private static void refuseOtherEnd(String what, JsonNode job) {
    if (state(job).isTerminal()) {
      throw new IllegalStateException("waited for " + what + ", but it ended: " + job);
    }
  }

  /** The driver's log, as text. */
  public String log(JobId jobId) {
    return status.get("/api/v1/jobs/" + jobId + "/logs").body();
  }

  /** The types of all events about the job, oldest first. */
  public List<String> eventTypes(JobId jobId) {
    JsonNode body = status.get("/api/v1/jobs/" + jobId + "/events").json();
    List<String> types = new ArrayList<>();
    body.findValues("type").forEach(type -> types.add(type.asText()));
    return types;
  }

  public static JobState state(JsonNode job) {
    return JobState.valueOf(job.path("state").asText("UNKNOWN"));
  }
}
