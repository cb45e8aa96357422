package io.flintwheel.scheduler.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A thread that does rounds of work, and between them sleeps until the next one is due or somebody
 * wakes it. A round that fails, with an exception or an error, is repeated after a growing pause.
 */
public final class WorkLoop implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(WorkLoop.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  /** A long outage is told less and less often, but never forgotten. */
  private static final int REMIND = 60;

  /** One round of work. */
  @FunctionalInterface
  public interface Round {

    /** Works, and says how long there is nothing to do unless somebody wakes the loop. */
    Duration run() throws InterruptedException;
  }

  private final String name;
  private final Round round;
  private final Backoff backoff;
  private final Runnable onFailure;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  public WorkLoop(String name, Round round, Backoff backoff) {
    this(name, round, backoff, () -> {});
  }

  /**
   * Starts nothing yet.
   *
   * @param onFailure run after each round that failed, such as to count it
   */
  public WorkLoop(String name, Round round, Backoff backoff, Runnable onFailure) {
    this.name = name;
    this.round = round;
    this.backoff = backoff;
    this.onFailure = onFailure;
    thread = new Thread(this::work, name);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Ends the sleep; a round that is running is followed by another. */
  public void wake() {
    wakes.release();
  }

  /** Whether its thread runs; when it does not and nobody closed it, that is a defect. */
  public boolean alive() {
    return thread.isAlive();
  }

  private void work() {
    int failures = 0;
    try {
      while (!closed) {
        wakes.drainPermits();
        Duration rest;
        try {
          rest = round.run();
          if (failures > 0) {
            LOG.infof("loop works again; loop=%s failures=%d", name, failures);
          }
          failures = 0;
        } catch (RuntimeException | Error e) {
          // An error too: a loop that ended of one would leave its work undone, without a word.
          failures++;
          onFailure.run();
          Duration pause = backoff.pause(failures);
          if (Integer.bitCount(failures) == 1 || failures % REMIND == 0) {
            LOG.warnf(
                "round failed and is repeated; loop=%s failures=%d pause=%s cause=%s",
                name, failures, pause, rootOf(e));
          }
          LOG.debug("the failure of the round", e);
          // Waking does not shorten this pause: what woke us does not make the outage end.
          pauseUnlessClosed(pause);
          continue;
        }
        wakes.tryAcquire(Math.max(1, rest.toMillis()), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
      Thread.currentThread().interrupt();
    }
  }

  private void pauseUnlessClosed(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    long left = pause.toNanos();
    while (!closed && left > 0) {
      wakes.tryAcquire(left, TimeUnit.NANOSECONDS);
      left = end - System.nanoTime();
    }
  }

  private static String rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  /** Lets the round that is running end, up to ten seconds, then interrupts it. */
  @Override
  public void close() {
    closed = true;
    wakes.release();
    try {
      thread.join(STOP_WAIT.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
