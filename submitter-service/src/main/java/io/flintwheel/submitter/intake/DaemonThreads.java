package io.flintwheel.submitter.intake;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process alive. */
final class DaemonThreads {

  private DaemonThreads() {}

  static ExecutorService pool(int size, String name) {
    return Executors.newFixedThreadPool(size, named(name));
  }

  static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(named(name));
  }

  static Thread started(Runnable work, String name) {
    Thread thread = named(name).newThread(work);
    thread.start();
    return thread;
  }

  private static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
