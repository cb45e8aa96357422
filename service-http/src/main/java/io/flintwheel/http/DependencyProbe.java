package io.flintwheel.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/**
 * Asks a system that the service depends on every two seconds whether it is there, in a thread of
 * its own, so that readiness answers at once however slow that system is. An answer that takes
 * longer than four seconds is none.
 */
public final class DependencyProbe implements AutoCloseable {

  /** A question to a dependency. */
  @FunctionalInterface
  public interface Question {

    /**
     * Throws when the dependency is not there, with words for an operator.
     *
     * @return what an operator should know although it is there, by name
     */
    Map<String, String> ask() throws Exception;
  }

  /** Either trouble, or none and remarks. */
  private record Answer(String trouble, Map<String, String> remarks) {

    boolean isUp() {
      return trouble.isEmpty();
    }
  }

  private static final Logger LOG = Logger.getLogger(DependencyProbe.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int MOST = 300;

  private final String dependency;
  private final Question question;
  private final Duration period;
  private final Duration patience;
  private final ScheduledExecutorService timer;
  private volatile long asked = System.nanoTime();
  private volatile Answer last = new Answer("not asked yet", Map.of());

  /**
   * A probe that has yet to be started.
   *
   * @param dependency its name in the readiness answer, such as {@code kafka}
   */
  public DependencyProbe(String dependency, Question question) {
    this(dependency, question, PERIOD, PATIENCE);
  }

  DependencyProbe(String dependency, Question question, Duration period, Duration patience) {
    this.dependency = dependency;
    this.question = question;
    this.period = period;
    this.patience = patience;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "probe-" + dependency);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Asks from now on. */
  public void start() {
    var unused =
        timer.scheduleWithFixedDelay(this::ask, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the dependency was there when it was asked last. */
  public boolean isUp() {
    return trouble().isEmpty();
  }

  /** What is wrong with the dependency, in an operator's words; empty when nothing is. */
  public Optional<String> trouble() {
    Answer now = last;
    Duration since = Duration.ofNanos(System.nanoTime() - asked);
    return now.isUp() && since.compareTo(period.plus(patience)) > 0
        ? Optional.of("no answer for " + since.toSeconds() + " seconds")
        : Optional.of(now.trouble()).filter(words -> !words.isEmpty());
  }

  /** The dependency's part of the readiness answer. */
  public HealthCheckResponse response() {
    var response = HealthCheckResponse.named(dependency);
    Optional<String> trouble = trouble();
    trouble.ifPresentOrElse(
        reason -> response.down().withData("reason", reason),
        () -> last.remarks().forEach(response.up()::withData));
    return response.build();
  }

  private void ask() {
    boolean before = last.isUp();
    asked = System.nanoTime();
    try {
      last = new Answer("", Map.copyOf(question.ask()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | LinkageError e) {
      // Of whatever kind: nothing asks again once this has thrown.
      LOG.debugf(e, "a dependency does not answer; dependency=%s", dependency);
      last = new Answer(inWords(e), Map.of());
    }
    if (before != last.isUp()) {
      LOG.infof(
          "a dependency changed; dependency=%s state=%s reason=%s",
          dependency, last.isUp() ? "UP" : "DOWN", last.trouble());
    }
  }

  /** What the outermost says is mostly that something failed. */
  private static String inWords(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String words =
        message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.strip();
    return words.length() <= MOST ? words : words.substring(0, MOST) + "...";
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
