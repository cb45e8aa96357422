package io.flintwheel.cli.cluster;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The end of a command that has begun things: stops an installation once, when told, when closed,
 * or when this process is asked to end. Then what was begun in it is ended first.
 */
public final class StopAtExit implements AutoCloseable {

  /** Whoever has typed Ctrl-C waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final First NOTHING = new First(() -> {}, "");

  private final @Nullable Installation installation;
  private final PrintStream err;
  private final Duration patience;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread worker = Thread.currentThread();
  private volatile First first = NOTHING;
  private volatile boolean interrupted;

  private StopAtExit(@Nullable Installation installation, PrintStream err, Duration patience) {
    this.installation = installation;
    this.err = err;
    this.patience = patience;
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal));
  }

  /**
   * Stops the installation also on Ctrl-C.
   *
   * @param err is told so
   */
  public static StopAtExit of(Installation installation, PrintStream err) {
    return of(installation, err, PATIENCE);
  }

  /**
   * @param patience how long what is ended first may take
   */
  static StopAtExit of(Installation installation, PrintStream err, Duration patience) {
    return new StopAtExit(installation, err, patience);
  }

  /** For an installation that is somebody else's, which is left running. */
  public static StopAtExit leaving(PrintStream err) {
    return new StopAtExit(null, err, PATIENCE);
  }

  /**
   * What is ended on Ctrl-C while the installation still runs; replaces what was given before.
   *
   * @param action may take 5 s; what it has not done by then is left
   * @param otherwise what is told then
   */
  public void first(Runnable action, String otherwise) {
    first = new First(action, otherwise);
  }

  /** Ends it now, for a command that has failed; when it was interrupted, that is being done. */
  public void endFirst() {
    if (!interrupted) {
      end(first);
      nothingFirst();
    }
  }

  /** Nothing is ended first any more. */
  public void nothingFirst() {
    first = NOTHING;
  }

  /** Whether this process was asked to end before it was done. */
  public boolean wasInterrupted() {
    return interrupted;
  }

  /** Stops it, unless that has been done. */
  public void now() {
    if (stopped.compareAndSet(false, true) && installation != null) {
      installation.down();
    }
  }

  @Override
  public void close() {
    // Not before what is to end first: then the hook stops it.
    if (!interrupted) {
      now();
    }
  }

  private void onSignal() {
    if (stopped.get()) {
      return;
    }
    interrupted = true;
    err.println("\nInterrupted" + (installation == null ? "" : "; stopping what was started"));
    // It may be waiting for a start that will not be needed any more.
    worker.interrupt();
    end(first);
    now();
  }

  private void end(First what) {
    Thread ending = new Thread(what.action(), "first");
    ending.setDaemon(true);
    ending.start();
    try {
      ending.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (ending.isAlive()) {
      err.println(what.otherwise());
    }
  }

  private record First(Runnable action, String otherwise) {}
}
