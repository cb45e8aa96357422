package io.flintwheel.submitter.health;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jboss.logging.Logger;

/**
 * Asks a dependency now and then, in a thread of its own, so that a health request never waits for
 * it.
 */
final class Probe implements AutoCloseable {

  /** A question to a dependency. */
  interface Question {

    /** Throws when the dependency is not there, with words for an operator. */
    void ask() throws Exception;
  }

  private static final Logger LOG = Logger.getLogger(Probe.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final String dependency;
  private final Question question;
  private final ScheduledExecutorService timer;
  private volatile String trouble = "not asked yet";

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

  HealthCheckResponseBuilder response() {
    String now = trouble;
    var response = HealthCheckResponse.named(dependency).status(now.isEmpty());
    return now.isEmpty() ? response : response.withData("reason", now);
  }

  void ask() {
    String before = trouble;
    try {
      question.ask();
      trouble = "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
    if (before.isEmpty() != trouble.isEmpty()) {
      LOG.infof(
          "a dependency changed; dependency=%s state=%s reason=%s",
          dependency, trouble.isEmpty() ? "UP" : "DOWN", trouble);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
