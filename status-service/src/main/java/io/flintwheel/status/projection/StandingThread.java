package io.flintwheel.status.projection;

import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A thread that is meant to work as long as the service lives. Whatever ends its work too early,
 * even an {@link Error}, is logged, and the work begins anew after a pause.
 */
final class StandingThread {

  /** What the thread does; it is over when this returns. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  private static final Logger LOG = Logger.getLogger(StandingThread.class);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final String name;
  private final Work work;
  private final Thread thread;
  private final Backoff backoff = Backoff.standard();
  private volatile boolean stopped;
  private volatile boolean failing;

  StandingThread(String name, Work work) {
    this.name = name;
    this.work = work;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** True when the work is to come to its end. */
  boolean isStopped() {
    return stopped;
  }

  /** Tells the work that it is to come to its end. */
  void stop() {
    stopped = true;
  }

  /** Interrupts the work, if it is to be woken in this way. */
  void interrupt() {
    thread.interrupt();
  }

  /** Waits a few seconds for the work to come to its end. */
  void join() throws InterruptedException {
    thread.join(FAREWELL.toMillis());
  }

  /** The work says that it gets on. */
  void getsOn() {
    failing = false;
    backoff.reset();
  }

  /** False while the work has ended too early and has not got on since. */
  boolean works() {
    return thread.isAlive() && !failing;
  }

  private void run() {
    try {
      while (!stopped) {
        try {
          work.run();
          return;
        } catch (RuntimeException | Error e) {
          if (!stopped) {
            failing = true;
            // Where, not what: messages of exceptions may hold what was being worked on.
            LOG.errorf("thread begins anew: name=%s after=%s at=%s", name, e.getClass(), place(e));
            backoff.pause();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String place(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "unknown" : trace[0].toString();
  }
}
