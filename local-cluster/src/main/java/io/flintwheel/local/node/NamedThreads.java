package io.flintwheel.local.node;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads, so that a node inside a test or the launcher never keeps the JVM alive. */
final class NamedThreads implements ThreadFactory {

  private final String name;
  private final AtomicInteger serial = new AtomicInteger();

  NamedThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    var thread = new Thread(work, "node-" + name + "-" + serial.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
