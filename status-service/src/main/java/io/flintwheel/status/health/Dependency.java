package io.flintwheel.status.health;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/**
 * An outside system that is asked in the background whether it is there, so that readiness answers
 * at once however slow that system is.
 */
final class Dependency {

  private static final Logger LOG = Logger.getLogger(Dependency.class);
  private static final long PERIOD_SECONDS = 2;

  /** An answer that takes longer is none, whatever the question still waits for. */
  private static final long PATIENCE_SECONDS = 4;

  private static final int MOST = 300;

  private final String name;
  private final Callable<Boolean> question;
  private volatile boolean up;
  private volatile long asked = System.nanoTime();
  private volatile String trouble = "not asked yet";

  Dependency(String name, Callable<Boolean> question) {
    this.name = name;
    this.question = question;
  }

  /** Asks from now on; each dependency has its own thread, so that none hides another. */
  void watch(ScheduledExecutorService executor) {
    var unused = executor.scheduleWithFixedDelay(this::ask, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  HealthCheckResponse response() {
    long since = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked);
    if (up && since > PERIOD_SECONDS + PATIENCE_SECONDS) {
      return HealthCheckResponse.named(name)
          .down()
          .withData("reason", "no answer for " + since + " seconds")
          .build();
    }
    var response = HealthCheckResponse.named(name).status(up);
    return up ? response.build() : response.withData("reason", trouble).build();
  }

  private void ask() {
    boolean before = up;
    asked = System.nanoTime();
    try {
      boolean answer = question.call();
      trouble = "is not ready yet";
      up = answer;
    } catch (Exception | LinkageError e) {
      // Of whatever kind: nothing asks again once this has thrown.
      LOG.debugf(e, "dependency does not answer: name=%s", name);
      trouble = inWords(e);
      up = false;
    }
    if (up != before) {
      LOG.infof("dependency changed: name=%s up=%s reason=%s", name, up, up ? "" : trouble);
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
}
