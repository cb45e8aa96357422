package io.flintwheel.cli.job;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The body of an answer that comes bit by bit; reading it fails when it is silent for too long. */
final class WatchedBody extends FilterInputStream {

  private final Silence silence;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "silence");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean tooLong;

  WatchedBody(InputStream body, Silence silence) {
    super(body);
    this.silence = silence;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long limit = silence.limit().toMillis();
    ScheduledFuture<?> watch =
        timer.scheduleWithFixedDelay(this::judge, limit, limit, TimeUnit.MILLISECONDS);
    try {
      int read = super.read(buffer, offset, length);
      if (tooLong) {
        throw silent();
      }
      return read;
    } catch (IOException e) {
      throw tooLong ? silent() : e;
    } finally {
      watch.cancel(false);
    }
  }

  @Override
  public void close() throws IOException {
    timer.shutdownNow();
    super.close();
  }

  /** Of the body only its end can wake the one who reads. */
  private void judge() {
    if (!silence.excused().getAsBoolean()) {
      tooLong = true;
      try {
        in.close();
      } catch (IOException e) {
        // Whoever reads is awake all the same.
      }
    }
  }

  private HttpTimeoutException silent() {
    return new HttpTimeoutException("no sign of life for " + silence.limit().toSeconds() + " s");
  }
}
