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

  private record Placed(Task task, Executor workers) {}

  private final ScheduledExecutorService timer;
  private final Map<K, Queue<Placed>> lanes = new HashMap<>();

  KeyLanes(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Puts a task behind those of its key, to be run by these workers. */
  void add(K key, Executor workers, Task task) {
    Placed placed = new Placed(task, workers);
    synchronized (lanes) {
      Queue<Placed> lane = lanes.get(key);
      if (lane != null) {
        lane.add(placed);
        return;
      }
      lanes.put(key, new ArrayDeque<>(List.of(placed)));
    }
    execute(key, placed);
  }

  private void execute(K key, Placed first) {
    first.workers().execute(() -> run(key, first));
  }

  private void run(K key, Placed first) {
    Optional<Duration> wait = Optional.of(AFTER_ERROR);
    try {
      wait = first.task().run();
    } finally {
      // Also when the thread dies of an Error, which its handler logs: the lane must not stand.
      next(key, first, wait);
    }
  }

  private void next(K key, Placed first, Optional<Duration> wait) {
    if (wait.isPresent()) {
      var unused =
          timer.schedule(() -> execute(key, first), wait.get().toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    Placed second;
    synchronized (lanes) {
      Queue<Placed> lane = lanes.get(key);
      lane.remove();
      second = lane.peek();
      if (second == null) {
        lanes.remove(key);
        return;
      }
    }
    execute(key, second);
  }
}
