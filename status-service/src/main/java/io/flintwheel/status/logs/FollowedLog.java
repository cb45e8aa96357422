package io.flintwheel.status.logs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A log that is followed and gives back its place when it is closed, by whomever and how often. */
final class FollowedLog extends FilterInputStream {

  private final Semaphore places;
  private final AtomicBoolean closed = new AtomicBoolean();

  FollowedLog(InputStream log, Semaphore places) {
    super(log);
    this.places = places;
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      places.release();
    }
    super.close();
  }
}
