package io.flintwheel.local.apiserver;

import io.flintwheel.local.apiserver.admission.Admission;
import io.flintwheel.local.apiserver.admission.RandomSuffix;
import io.flintwheel.local.apiserver.object.Creation;
import io.flintwheel.local.apiserver.object.Deletion;
import io.flintwheel.local.apiserver.object.Modification;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.store.ObjectStore;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** The objects of a cluster that nobody serves, and the tasks that its controllers put off. */
public final class EmptyCluster {

  private final Clock clock;
  private final Objects objects;
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  public EmptyCluster(Clock clock) {
    this.clock = clock;
    ObjectStore store = new ObjectStore();
    RandomSuffix suffix = new RandomSuffix(new Random(1));
    Admission admission = new Admission(store, suffix);
    this.objects =
        new Objects(
            store,
            new Creation(store, admission, suffix, clock),
            new Modification(store, admission, clock),
            new Deletion(store, clock));
  }

  public Clock clock() {
    return clock;
  }

  public Objects objects() {
    return objects;
  }

  public void later(Runnable task) {
    tasks.add(task);
  }

  /** Runs what was put off, and what that puts off. */
  public void settle() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
