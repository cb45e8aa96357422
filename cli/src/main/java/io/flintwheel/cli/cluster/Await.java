package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something that another process does. */
public final class Await {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Await() {}

  /**
   * Returns when the condition holds.
   *
   * @param check runs between looks, and throws when waiting has become pointless
   * @param timedOut makes what is thrown when the time is up
   */
  public static void until(
      Duration timeout,
      BooleanSupplier condition,
      Runnable check,
      Supplier<? extends RuntimeException> timedOut) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      check.run();
      if (System.nanoTime() > deadline) {
        throw timedOut.get();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CliFailure("It was interrupted.");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
