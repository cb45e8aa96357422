package io.flintwheel.status.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Keys that want to be looked at: each by one worker at a time, once however often it was added,
 * and again if it was added meanwhile.
 */
final class WorkQueue implements Requeue, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(WorkQueue.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  private final Function<String, Optional<Duration>> work;
  private final ScheduledExecutorService workers;
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Set<String> running = new LinkedHashSet<>();
  private final Map<String, Integer> failures = new HashMap<>();

  /** Work tells after which time the key wants to be looked at again, if it does. */
  WorkQueue(int size, Function<String, Optional<Duration>> work) {
    this.work = work;
    this.workers =
        Executors.newScheduledThreadPool(
            size,
            task -> {
              Thread thread = new Thread(task, "pod-reconciler");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public synchronized void add(String key) {
    if (waiting.add(key) && !running.contains(key) && !workers.isShutdown()) {
      workers.execute(() -> look(key));
    }
  }

  /** Looks at a key later. */
  synchronized void addAfter(String key, Duration delay) {
    if (!workers.isShutdown()) {
      var unused = workers.schedule(() -> add(key), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void addAfterFailure(String key) {
    int before = failures.merge(key, 1, Integer::sum) - 1;
    Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(before, 10));
    addAfter(key, delay.compareTo(LONGEST_RETRY) < 0 ? delay : LONGEST_RETRY);
  }

  @Override
  public synchronized void succeeded(String key) {
    failures.remove(key);
  }

  private void look(String key) {
    synchronized (this) {
      if (!running.add(key)) {
        return;
      }
      waiting.remove(key);
    }
    try {
      work.apply(key).ifPresent(delay -> addAfter(key, delay));
    } catch (Throwable e) { // An Error too: nobody else would ever look at the key again.
      LOG.errorf(e, "looking at a pod failed, trying again: uid=%s", key);
      addAfterFailure(key);
    } finally {
      synchronized (this) {
        running.remove(key);
        if (waiting.remove(key)) {
          add(key);
        }
      }
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
