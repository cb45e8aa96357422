package io.flintwheel.submitter.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/**
 * Asks a dependency now and then, in a thread of its own, so that a health request never waits for
 * it.
 */
final class Probe implements AutoCloseable {

  /** A question to a dependency. */
  interface Question {

    /**
     * Throws when the dependency is not there, with words for an operator.
     *
     * @return what an operator should know although it is there
     */
    Map<String, String> ask() throws Exception;
  }

  /** Either trouble, or none and remarks. */
  private record Answer(String trouble, Map<String, String> remarks) {

    boolean isUp() {
      return trouble.isEmpty();
    }
  }

  private static final Logger LOG = Logger.getLogger(Probe.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final String dependency;
  private final Question question;
  private final ScheduledExecutorService timer;
  private volatile Answer last = new Answer("not asked yet", Map.of());

  Probe(String dependency, Question question) {
    this.dependency = dependency;
    this.question = question;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "probe-" + dependency);
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    var unused =
        timer.scheduleWithFixedDelay(this::ask, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isUp() {
    return last.isUp();
  }

  HealthCheckResponse response() {
    Answer now = last;
    var response = HealthCheckResponse.named(dependency).status(now.isUp());
    now.remarks().forEach(response::withData);
    return now.isUp() ? response.build() : response.withData("reason", now.trouble()).build();
  }

  private void ask() {
    Answer before = last;
    try {
      last = new Answer("", question.ask());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      last =
          new Answer(
              e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), Map.of());
    }
    if (before.isUp() != last.isUp()) {
      LOG.infof(
          "a dependency changed; dependency=%s state=%s reason=%s",
          dependency, last.isUp() ? "UP" : "DOWN", last.trouble());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
