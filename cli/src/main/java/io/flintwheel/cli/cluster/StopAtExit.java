package io.flintwheel.cli.cluster;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Stops an installation once: when told, when closed, or when this process is asked to end. */
public final class StopAtExit implements AutoCloseable {

  private final @Nullable Installation installation;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread worker = Thread.currentThread();

  private StopAtExit(@Nullable Installation installation) {
    this.installation = installation;
  }

  /** Stops the installation also on Ctrl-C. */
  public static StopAtExit of(Installation installation) {
    StopAtExit stop = new StopAtExit(installation);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::onSignal));
    return stop;
  }

  /** For an installation that is somebody else's. */
  public static StopAtExit nothing() {
    return new StopAtExit(null);
  }

  /** Stops it, unless that has been done. */
  public void now() {
    if (installation != null && stopped.compareAndSet(false, true)) {
      installation.down();
    }
  }

  /** Leaves it running after all. */
  public void dismiss() {
    stopped.set(true);
  }

  @Override
  public void close() {
    now();
  }

  private void onSignal() {
    if (installation != null && !stopped.get()) {
      System.err.println("\nInterrupted; stopping what was started");
      // It may be waiting for a start that will not be needed any more.
      worker.interrupt();
      now();
    }
  }
}
