package io.flintwheel.submitter.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks of one key one after the other and tasks of different keys at the same time.
 *
 * <p>A task that must wait holds its lane and no thread, so a job in trouble does not keep others
 * from a worker.
 *
 * @param <K> the key
 */
final class KeyLanes<K> {

  /** A unit of work. */
  interface Task {

    /** Does the work; empty when it is done, or how long to wait before it is run again. */
    Optional<Duration> run();
  }

  private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final Map<K, Queue<Task>> lanes = new HashMap<>();

  KeyLanes(Executor workers, ScheduledExecutorService timer) {
    this.workers = workers;
    this.timer = timer;
  }

  /** Puts a task behind those of its key. */
  void add(K key, Task task) {
    synchronized (lanes) {
      Queue<Task> lane = lanes.get(key);
      if (lane != null) {
        lane.add(task);
        return;
      }
      lanes.put(key, new ArrayDeque<>(List.of(task)));
    }
    workers.execute(() -> runFirst(key));
  }

  private void runFirst(K key) {
    Task task;
    synchronized (lanes) {
      task = lanes.get(key).element();
    }
    Optional<Duration> wait = Optional.of(AFTER_ERROR);
    try {
      wait = task.run();
    } finally {
      // Also when the thread dies of an Error, which its handler logs: the lane must not stand.
      next(key, wait);
    }
  }

  private void next(K key, Optional<Duration> wait) {
    if (wait.isPresent()) {
      var unused =
          timer.schedule(
              () -> workers.execute(() -> runFirst(key)),
              wait.get().toMillis(),
              TimeUnit.MILLISECONDS);
      return;
    }
    synchronized (lanes) {
      Queue<Task> lane = lanes.get(key);
      lane.remove();
      if (lane.isEmpty()) {
        lanes.remove(key);
        return;
      }
    }
    workers.execute(() -> runFirst(key));
  }
}
