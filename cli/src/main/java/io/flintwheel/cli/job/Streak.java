package io.flintwheel.cli.job;

import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.util.function.Consumer;

/** Failures to follow a job, one after the other: told once, however long they go on. */
final class Streak {

  private final String jobId;
  private final Consumer<String> listener;
  private boolean told;

  Streak(String jobId, Consumer<String> listener) {
    this.jobId = jobId;
    this.listener = listener;
  }

  void failed(RuntimeException failure) {
    if (told || isOrdinary(failure)) {
      return;
    }
    told = true;
    String what =
        failure instanceof UncheckedIOException
            ? "The status-service does not answer; ./flintwheel status shows how it is"
            : failure.getMessage();
    listener.accept(what + ". Still following " + jobId + ".");
  }

  void ended() {
    if (told) {
      told = false;
      listener.accept("The status-service answers again.");
    }
  }

  /** A job not known yet, or a stream that broke off: of a service that is gone, the next tells. */
  private static boolean isOrdinary(RuntimeException failure) {
    return failure instanceof NotFound
        || (failure instanceof UncheckedIOException
            && !(failure.getCause() instanceof HttpTimeoutException));
  }
}
