package io.flintwheel.cli.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that stays one is told once: of its submitter-service nobody else says anything. */
final class UntakenRequest implements AutoCloseable {

  /** A submitter-service that runs takes a request up in a fraction of it. */
  static final Duration TELL_AFTER = Duration.ofSeconds(5);

  private final Duration tellAfter;
  private final Supplier<Optional<String>> remedy;
  private final Consumer<String> trouble;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "untaken-request");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable JobView last;

  /**
   * @param tellAfter how long a job may be REQUESTED before {@code trouble} is told
   * @param remedy what helps the submitter-service, if that is known; asked only then
   */
  UntakenRequest(Duration tellAfter, Supplier<Optional<String>> remedy, Consumer<String> trouble) {
    this.tellAfter = tellAfter;
    this.remedy = remedy;
    this.trouble = trouble;
  }

  /** Is told each change of the job. */
  @SuppressWarnings("FutureReturnValueIgnored") // It looks for itself whether it still matters.
  synchronized void seen(JobView job) {
    if (last == null && job.requested()) {
      timer.schedule(this::judge, tellAfter.toMillis(), TimeUnit.MILLISECONDS);
    }
    last = job;
  }

  static String words(String jobId, Duration age, Optional<String> remedy) {
    return "The submitter-service has not taken up %s for %d s%s"
        .formatted(jobId, age.toSeconds(), remedy.map(what -> "; " + what).orElse(""));
  }

  private synchronized void judge() {
    if (last != null && last.requested()) {
      trouble.accept(words(last.jobId(), tellAfter, remedy.get()));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
