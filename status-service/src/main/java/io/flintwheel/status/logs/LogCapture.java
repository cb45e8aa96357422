package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.status.projection.StoreUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Saves the last mebibyte of every driver's log: a part of it now and then while the driver runs,
 * all that comes while it stops, and the whole when it has ended.
 */
@Singleton
class LogCapture implements DriverLogs {

  private static final Logger LOG = Logger.getLogger(LogCapture.class);

  /** More lines than a mebibyte usually has; bounds what the API server must send. */
  static final int ALL_LINES = 30_000;

  private static final int TAIL_LINES = 500;
  private static final int TAIL_BYTES = 64 * 1024;
  private static final int MOST_TRIES = 6;
  private static final Duration TAIL_TIMEOUT = Duration.ofSeconds(2);

  private final ContainerLogs logs;
  private final LogArchive archive;
  private final LogConfig config;
  private final Map<String, DriverContainer> running = new ConcurrentHashMap<>();
  private final Set<String> stopping = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService readers;

  LogCapture(ContainerLogs logs, LogArchive archive, LogConfig config) {
    this.logs = logs;
    this.archive = archive;
    this.config = config;
    this.readers =
        Executors.newScheduledThreadPool(
            config.readers(),
            task -> {
              Thread thread = new Thread(task, "log-reader");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start(@Observes StartupEvent event) {
    long period = config.snapshotEvery().toMillis();
    var unused =
        readers.scheduleWithFixedDelay(this::snapshots, period, period, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    readers.shutdownNow();
  }

  @Override
  public String tail(DriverContainer driver) {
    Future<String> read =
        readers.submit(
            () -> {
              TailBuffer tail = new TailBuffer(TAIL_BYTES);
              try (InputStream in = logs.tail(driver, TAIL_LINES)) {
                tail.readAll(in);
              }
              return new String(tail.content(), StandardCharsets.UTF_8);
            });
    try {
      return read.get(TAIL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      read.cancel(true);
      LOG.debugf("driver's log cannot be read for its failure: pod=%s", driver.pod());
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void running(DriverContainer driver) {
    running.put(driver.uid(), driver);
  }

  @Override
  public void stopping(DriverContainer driver) {
    running.remove(driver.uid());
    if (stopping.add(driver.uid())) {
      readers.execute(
          () -> {
            try (InputStream in = logs.follow(driver, ALL_LINES)) {
              save(driver, in, false);
            } catch (IOException | KubernetesClientException | StoreUnavailable e) {
              LOG.debugf("log of a stopping driver cannot be followed: pod=%s", driver.pod());
            }
          });
    }
  }

  @Override
  public void ended(DriverContainer driver) {
    running.remove(driver.uid());
    stopping.remove(driver.uid());
    readers.execute(() -> last(driver, 1));
  }

  @Override
  public void gone(DriverContainer driver) {
    running.remove(driver.uid());
    stopping.remove(driver.uid());
  }

  private void snapshots() {
    for (DriverContainer driver : running.values()) {
      try (InputStream in = logs.tail(driver, config.snapshotLines())) {
        save(driver, in, false);
      } catch (IOException | KubernetesClientException | StoreUnavailable e) {
        LOG.debugf("log of a running driver cannot be saved now: pod=%s", driver.pod());
      }
    }
  }

  private void last(DriverContainer driver, int tries) {
    try {
      if (archive.isComplete(driver.jobId(), driver.attempt())) {
        return;
      }
      try (InputStream in = logs.tail(driver, ALL_LINES)) {
        save(driver, in, true);
      }
    } catch (IOException | KubernetesClientException | StoreUnavailable e) {
      boolean gone = e instanceof KubernetesClientException failure && failure.getCode() == 404;
      if (!gone && tries < MOST_TRIES) {
        var unused = readers.schedule(() -> last(driver, tries + 1), 1L << tries, TimeUnit.SECONDS);
      } else {
        LOG.warnf("driver's log is not saved: pod=%s jobId=%s", driver.pod(), driver.jobId());
      }
    }
  }

  private void save(DriverContainer driver, InputStream in, boolean complete)
      throws IOException, StoreUnavailable {
    TailBuffer tail = new TailBuffer(LogArchive.MOST_BYTES);
    tail.readAll(in);
    archive.save(
        driver.jobId(), driver.attempt(), new ArchivedLog(tail.content(), complete, tail.isCut()));
  }
}
