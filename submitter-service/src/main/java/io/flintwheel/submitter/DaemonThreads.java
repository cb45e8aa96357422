package io.flintwheel.submitter;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process alive. */
public final class DaemonThreads {

  private DaemonThreads() {}

  public static ExecutorService pool(int size, String name) {
    return Executors.newFixedThreadPool(size, named(name));
  }

  public static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(named(name));
  }

  public static Thread started(Runnable work, String name) {
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
