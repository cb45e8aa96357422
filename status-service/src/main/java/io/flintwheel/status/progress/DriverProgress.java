package io.flintwheel.status.progress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.status.job.Attempt;
import io.flintwheel.status.job.Job;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks running drivers how far they are, by the REST API of Spark's UI. Best effort: a driver that
 * does not answer at once is told of at the next question, and every answer is kept for a second.
 */
@ApplicationScoped
public class DriverProgress {

  private static final Logger LOG = Logger.getLogger(DriverProgress.class);
  private static final int USUAL_PORT = 4040;
  private static final int MOST_REMEMBERED = 1000;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json;
  private final Clock clock;
  private final Map<String, Answer> answers =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  DriverProgress(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  private record Answer(Instant at, @Nullable Progress progress) {}

  /** What was last heard of a running job; asks nobody. */
  public Optional<Progress> lastKnown(Job job) {
    PodRef driver = running(job);
    Answer answer = driver == null ? null : answers.get(driver.uid());
    return Optional.ofNullable(answer).map(Answer::progress);
  }

  /** How far a running job is; waits for its driver only for a moment. */
  public Optional<Progress> of(Job job) {
    PodRef driver = running(job);
    URI address = address(job).orElse(null);
    String application = job.currentAttempt().applicationId();
    if (driver == null || address == null || application == null) {
      return Optional.empty();
    }
    Answer last = answers.get(driver.uid());
    if (last != null && last.at().plus(FRESH).isAfter(clock.instant())) {
      return Optional.ofNullable(last.progress());
    }
    // Taken for fresh already now, so that one question is under way at most.
    answers.put(driver.uid(), new Answer(clock.instant(), last == null ? null : last.progress()));
    try {
      ask(driver, address, application).get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.tracef("driver does not tell its progress now: pod=%s", driver.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lastKnown(job);
  }

  /** Where the UI of a running driver listens. */
  public static Optional<URI> address(Job job) {
    PodRef driver = running(job);
    if (driver == null || driver.ip() == null) {
      return Optional.empty();
    }
    Integer told = job.currentAttempt().uiPort();
    try {
      int port = told == null ? USUAL_PORT : told;
      return Optional.of(new URI("http", null, driver.ip(), port, null, null, null));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static @Nullable PodRef running(Job job) {
    Attempt current = job.currentAttempt();
    return job.state() == JobState.RUNNING ? current.driver() : null;
  }

  private CompletableFuture<Void> ask(PodRef driver, URI ui, String application) {
    try {
      String path = "/api/v1/applications/" + application + "/jobs";
      URI uri = new URI(ui.getScheme(), null, ui.getHost(), ui.getPort(), path, null, null);
      return http.sendAsync(
              HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .thenAccept(response -> heard(driver, response));
    } catch (URISyntaxException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void heard(PodRef driver, HttpResponse<byte[]> response) {
    if (response.statusCode() == 200) {
      try {
        Progress progress = sum(json.readTree(response.body()));
        answers.put(driver.uid(), new Answer(clock.instant(), progress));
      } catch (IOException e) {
        LOG.tracef("driver tells something else than its progress: pod=%s", driver.name());
      }
    }
  }

  static Progress sum(JsonNode jobs) {
    int done = 0;
    int total = 0;
    int active = 0;
    int failed = 0;
    for (JsonNode job : jobs) {
      done += job.path("numCompletedTasks").asInt() + job.path("numSkippedTasks").asInt();
      total += job.path("numTasks").asInt();
      active += job.path("numActiveTasks").asInt();
      failed += job.path("numFailedTasks").asInt();
    }
    return new Progress(Math.min(done, total), total, active, failed);
  }
}
