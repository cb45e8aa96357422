package io.flintwheel.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A job as the status service's document tells it. */
public record JobView(JsonNode document) {

  private static final Set<String> ENDED =
      Set.of("SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT", "LOST", "REJECTED");
  private static final Set<String> EXECUTOR_ENDED = Set.of("SUCCEEDED", "FAILED", "LOST");

  private static final String REQUESTED = "REQUESTED";
  private static final int WORDS = 200;

  /** A job of which nothing has been heard yet. */
  public static JobView unknown(String jobId) {
    return new JobView(
        EventJson.mapper().createObjectNode().put("jobId", jobId).put("state", REQUESTED));
  }

  public String jobId() {
    return document.path("jobId").asText();
  }

  public String state() {
    return document.path("state").asText("UNKNOWN");
  }

  /** Whether no submitter-service has taken it up yet. */
  boolean requested() {
    return state().equals(REQUESTED);
  }

  static boolean isEnd(String state) {
    return ENDED.contains(state);
  }

  public boolean ended() {
    return isEnd(state());
  }

  /** Whether it has ended and none of its executors is still about to. */
  boolean settled() {
    boolean stopping = false;
    for (JsonNode executor : document.path("executors")) {
      stopping |= !EXECUTOR_ENDED.contains(executor.path("state").asText());
    }
    return ended() && !stopping;
  }

  /** Whether a driver runs or has run, so that there is a log, or the job ended without one. */
  boolean begun() {
    return ended() || state().equals("RUNNING") || state().equals("RETRYING");
  }

  /** The number of the attempt that the state is about; empty when the service does not tell. */
  Optional<Integer> attempt() {
    int number = document.path("attempt").asInt();
    return number > 0 ? Optional.of(number) : Optional.empty();
  }

  /** Whether that attempt, or the job when none is given, has ended. */
  boolean hasEnded(Optional<Integer> attempt) {
    boolean ended = ended();
    for (JsonNode each : document.path("attempts")) {
      ended |=
          attempt.isPresent()
              && each.path("attempt").asInt() == attempt.get()
              && isEnd(each.path("state").asText());
    }
    return ended;
  }

  public boolean succeeded() {
    return state().equals("SUCCEEDED");
  }

  /** Why it failed, in the service's words. */
  public Optional<String> failure() {
    JsonNode failure = document.path("failure");
    if (!failure.isObject()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    // The problems say what the message says, and what would be right.
    Optional<String> problems = state().equals("REJECTED") ? problems() : Optional.empty();
    List<String> fields =
        problems.isPresent()
            ? List.of("class", "reason")
            : List.of("class", "reason", "message", "hint");
    for (String field : fields) {
      if (failure.path(field).isTextual() && !failure.path(field).asText().isBlank()) {
        words.add(failure.path(field).asText());
      }
    }
    if (failure.path("exitCode").isNumber()) {
      words.add(Math.min(1, words.size()), "exit code " + failure.path("exitCode").asInt());
    }
    problems.ifPresent(words::add);
    return Optional.of(String.join(": ", words));
  }

  private Optional<String> problems() {
    String words = ProblemWords.ofAnswer(document.path("problems"));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** Whether a driver pod was made, so that there may be a log. */
  boolean hadDriver() {
    boolean had = false;
    for (JsonNode attempt : document.path("attempts")) {
      had |= attempt.path("driver").isObject();
    }
    return had;
  }

  /** Such as {@code executors: 1 pending, 2 running}; without a driver they only stop. */
  public String executors() {
    Map<String, Integer> states = new TreeMap<>();
    for (JsonNode executor : document.path("executors")) {
      String state = executor.path("state").asText("?");
      boolean stopping = ended() && !EXECUTOR_ENDED.contains(state);
      states.merge(stopping ? "stopping" : state.toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    return states.isEmpty()
        ? ended() ? "no executors" : "no executors yet"
        : "executors: "
            + String.join(
                ", ",
                states.entrySet().stream()
                    .map(state -> state.getValue() + " " + state.getKey())
                    .toList());
  }

  /** Such as {@code tasks 7/20}; empty when the service does not know. */
  public Optional<String> tasks() {
    JsonNode progress = document.path("progress");
    JsonNode done = progress.path("tasksDone");
    JsonNode total = progress.path("tasksTotal");
    // A driver that has just started says 0 of 0.
    return done.isNumber() && total.asInt() > 0
        ? Optional.of("tasks " + done.asInt() + "/" + total.asInt())
        : Optional.empty();
  }

  /**
   * Why its driver waits, or else one of its executors, in one sentence such as {@code
   * Unschedulable: 0/1 nodes are available: 1 Insufficient memory.}; empty when none does, or
   * Kubernetes gives no reason.
   */
  public Optional<String> waiting() {
    Optional<String> driver = sentence(document.path("waiting"));
    if (driver.isPresent() || ended()) {
      return driver;
    }
    return StreamSupport.stream(document.path("executors").spliterator(), false)
        .flatMap(
            executor ->
                sentence(executor.path("waiting"))
                    .map(text -> "executor " + executor.path("id").asText() + ": " + text)
                    .stream())
        .findFirst();
  }

  private static Optional<String> sentence(JsonNode waiting) {
    String reason = waiting.path("reason").asText("");
    if (reason.isBlank()) {
      return Optional.empty();
    }
    String message = waiting.path("message").asText("").strip();
    // A scheduler goes on about preemption.
    int end = message.indexOf(". ");
    String sentence = end < 0 ? message : message.substring(0, end + 1);
    return Optional.of(
        sentence.isEmpty()
            ? reason
            : reason
                + ": "
                + (sentence.length() <= WORDS ? sentence : sentence.substring(0, WORDS) + "..."));
  }

  /** From its request to its end, or to now. */
  public Duration elapsed(Instant now) {
    Instant from = time("requestedAt").orElse(now);
    Instant to = ended() ? time("finishedAt").orElse(now) : now;
    return Duration.between(from, to.isBefore(from) ? from : to);
  }

  public Optional<Instant> time(String field) {
    try {
      return document.path(field).isTextual()
          ? Optional.of(Instant.parse(document.path(field).asText()))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What is worth a line when it changes. */
  public String change() {
    return state() + executors() + tasks().orElse("") + waiting().orElse("");
  }

  /** One line: state, executors, tasks, elapsed time, and what it waits for. */
  public String line(Instant now) {
    Duration elapsed = elapsed(now);
    return "%-9s  %s%s  %d.%d s%s"
        .formatted(
            state(),
            executors(),
            tasks().map(text -> "  " + text).orElse(""),
            elapsed.toSeconds(),
            elapsed.toMillisPart() / 100,
            waiting().map(text -> "  " + text).orElse(""));
  }
}
