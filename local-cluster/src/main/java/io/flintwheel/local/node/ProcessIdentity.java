package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be found again after the node was restarted. The id alone would not do: the
 * operating system gives it to another process in time.
 *
 * @param pid of the process that watches over the container
 * @param startedAt when the operating system says that process began
 */
record ProcessIdentity(long pid, Instant startedAt) {

  private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The living process, unless it has ended or its id belongs to another one by now. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(found -> beganWith(of(found).startedAt()));
  }

  // The machine computes it from its boot time, which moves a little when its clock is corrected.
  private boolean beganWith(Instant other) {
    return Duration.between(startedAt, other).abs().compareTo(CLOCK_CORRECTION) < 0;
  }

  void write(Path file) throws IOException {
    ReplacedFile.write(file, (pid + " " + startedAt + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  static Optional<ProcessIdentity> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String[] parts = Files.readString(file).strip().split(" ", 2);
    if (parts.length != 2) {
      return Optional.empty();
    }
    return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), Instant.parse(parts[1])));
  }
}
