package io.flintwheel.status.logs;

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
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

  private static final Duration TAIL_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private final LogSource logs;
  private final LogArchive archive;
  private final LogConfig config;
  private final Map<String, DriverContainer> running = new ConcurrentHashMap<>();

  /** Of drivers that were told to stop: whether each was followed to its last line. */
  private final Map<String, CompletableFuture<Boolean>> stopping = new ConcurrentHashMap<>();

  private final ScheduledExecutorService readers;

  /** Of their own, because each waits for as long as a driver takes to stop. */
  private final ExecutorService followers;

  /** Of their own, because a failure is told without words if nobody reads them soon. */
  private final ExecutorService tails = Executors.newCachedThreadPool(threads("log-tail"));

  LogCapture(LogSource logs, LogArchive archive, LogConfig config) {
    this.logs = logs;
    this.archive = archive;
    this.config = config;
    this.readers = Executors.newScheduledThreadPool(config.readers(), threads("log-reader"));
    this.followers =
        new ThreadPoolExecutor(
            0,
            config.stopping(),
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            threads("log-follower"));
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void start(@Observes StartupEvent event) {
    long period = config.snapshotEvery().toMillis();
    var unused =
        readers.scheduleWithFixedDelay(this::snapshots, period, period, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    readers.shutdownNow();
    followers.shutdownNow();
    tails.shutdownNow();
  }

  @Override
  public String tail(DriverContainer driver) {
    Future<String> read =
        tails.submit(
            () ->
                logs.tail(driver, ALL_LINES, LogArchive.MOST_BYTES)
                    .map(end -> new String(end.content(), StandardCharsets.UTF_8))
                    .orElse(""));
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
    CompletableFuture<Boolean> followed = new CompletableFuture<>();
    if (stopping.putIfAbsent(driver.uid(), followed) == null) {
      try {
        followers.execute(() -> followed.complete(saveWhatComes(driver)));
      } catch (RejectedExecutionException e) {
        followed.complete(false);
        // Many stop at once; what this one wrote until now is kept at least.
        readers.execute(() -> saveNow(driver, ALL_LINES));
      }
    }
  }

  @Override
  public void ended(DriverContainer driver) {
    running.remove(driver.uid());
    CompletableFuture<Boolean> followed =
        Optional.ofNullable(stopping.remove(driver.uid()))
            .orElse(CompletableFuture.completedFuture(false));
    readers.execute(() -> insist(driver, () -> last(driver, followed), FIRST_RETRY));
  }

  @Override
  public void gone(DriverContainer driver) {
    running.remove(driver.uid());
    Optional.ofNullable(stopping.remove(driver.uid()))
        .ifPresent(followed -> completeIf(followed, driver));
  }

  private void snapshots() {
    for (DriverContainer driver : running.values()) {
      saveNow(driver, config.snapshotLines());
    }
  }

  /** Saves what there is of a log that goes on; another try comes by itself. */
  private void saveNow(DriverContainer driver, int lines) {
    try {
      save(driver, logs.tail(driver, lines, LogArchive.MOST_BYTES), false);
    } catch (RuntimeException | StoreUnavailable e) {
      LOG.debugf("log of a driver cannot be saved now: pod=%s", driver.pod());
    }
  }

  /** Saves all that a driver writes until it has stopped; true when its log ended in order. */
  private boolean saveWhatComes(DriverContainer driver) {
    try {
      Optional<InputStream> log = logs.follow(driver, ALL_LINES);
      if (log.isPresent()) {
        try (InputStream in = log.get()) {
          // Not for complete yet: an API server that stops ends it in order, too.
          return save(driver, Optional.of(LogEnd.read(in, LogArchive.MOST_BYTES)), false);
        }
      }
    } catch (IOException | RuntimeException | StoreUnavailable e) {
      LOG.debugf("log of a stopping driver cannot be saved: pod=%s", driver.pod());
    }
    return false;
  }

  /**
   * Saves the whole log; that which was followed to its end is the whole when there is no other.
   */
  private void last(DriverContainer driver, CompletableFuture<Boolean> followed)
      throws StoreUnavailable {
    if (!archive.isComplete(driver)
        && !save(driver, logs.tail(driver, ALL_LINES, LogArchive.MOST_BYTES), true)) {
      completeIf(followed, driver);
    }
  }

  /** The driver has ended: what was kept of it is all, if it was followed to its last line. */
  private void completeIf(CompletableFuture<Boolean> followed, DriverContainer driver) {
    var unused =
        followed.thenAccept(
            toTheEnd -> {
              if (toTheEnd) {
                readers.execute(() -> insist(driver, () -> archive.complete(driver), FIRST_RETRY));
              } else {
                LOG.warnf(
                    "the end of a driver's log is gone: pod=%s jobId=%s",
                    driver.pod(), driver.jobId());
              }
            });
  }

  /** Something that needs the API server or the database. */
  @FunctionalInterface
  private interface Step {
    void run() throws StoreUnavailable;
  }

  /** Takes a step, however long the API server or the database are away. */
  private void insist(DriverContainer driver, Step step, Duration retry) {
    try {
      step.run();
    } catch (RuntimeException | StoreUnavailable e) {
      LOG.debugf("last log of a driver cannot be saved now: pod=%s", driver.pod());
      long pause = Math.min(retry.toMillis(), config.longestRetry().toMillis());
      var unused =
          readers.schedule(
              () -> insist(driver, step, Duration.ofMillis(2 * pause)),
              pause,
              TimeUnit.MILLISECONDS);
    }
  }

  private boolean save(DriverContainer driver, Optional<LogEnd> log, boolean complete)
      throws StoreUnavailable {
    if (log.isPresent()) {
      archive.save(driver, new ArchivedLog(log.get(), complete));
    }
    return log.isPresent();
  }
}
