package io.flintwheel.local.node;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes a few times a second how long the logs of the running containers are. */
final class LogSampler implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(LogSampler.class);

  private final Map<ContainerDirectory, LogTimes> watched = new ConcurrentHashMap<>();
  private final Clock clock;

  LogSampler(Clock clock) {
    this.clock = clock;
  }

  void watch(ContainerDirectory directory) throws IOException {
    watched.put(directory, new LogTimes(directory));
  }

  /** The container has ended: the last note. */
  void release(ContainerDirectory directory) {
    LogTimes times = watched.remove(directory);
    if (times != null) {
      note(directory, times);
    }
  }

  @Override
  public void run() {
    watched.forEach(this::note);
  }

  private void note(ContainerDirectory directory, LogTimes times) {
    try {
      times.note(clock.instant());
    } catch (IOException e) {
      LOG.debug("Log cannot be measured directory={}", directory.root(), e);
    }
  }
}
