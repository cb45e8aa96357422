package io.flintwheel.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends containers that use more memory than their limit. On a real node the kernel does so at once;
 * this one looks every second, so that a job that would not fit there does not pass here.
 */
final class MemoryLimits implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryLimits.class);
  private static final String ANONYMOUS_MEMORY = "RssAnon:";
  private static final long KIBIBYTE = 1024;

  private final Map<ContainerProcess, Long> limits = new ConcurrentHashMap<>();
  private final Set<ContainerProcess> exceeded = ConcurrentHashMap.newKeySet();

  /**
   * @param bytes the most that the container's processes may use together
   */
  void watch(ContainerProcess process, long bytes) {
    limits.put(process, bytes);
  }

  /** The container has ended; whether it was for its memory. */
  boolean release(ContainerProcess process) {
    limits.remove(process);
    return exceeded.remove(process);
  }

  @Override
  public void run() {
    limits.forEach(
        (process, limit) -> {
          long used = process.processes().mapToLong(MemoryLimits::used).sum();
          if (used > limit && exceeded.add(process)) {
            LOG.info(
                "Container exceeds its memory limit directory={} bytes={} limit={}",
                process.directory().root(),
                used,
                limit);
            process.kill();
          }
        });
  }

  // Not the whole resident set: class data shared by several JVMs would count for each of them.
  private static long used(ProcessHandle process) {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(ANONYMOUS_MEMORY))
          .mapToLong(MemoryLimits::bytes)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      // The process has ended meanwhile.
      return 0;
    }
  }

  private static long bytes(String line) {
    return KIBIBYTE * Long.parseLong(line.replaceAll("[^0-9]", ""));
  }
}
