package io.flintwheel.status.logs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An archive as the database would be. */
final class MemoryLogArchive implements LogArchive {

  private final Map<String, ArchivedLog> logs = new ConcurrentHashMap<>();

  @Override
  public void save(DriverContainer driver, ArchivedLog log) {
    logs.merge(
        key(driver), log, (kept, saved) -> saved.complete() || !kept.complete() ? saved : kept);
  }

  @Override
  public void complete(DriverContainer driver) {
    logs.computeIfPresent(key(driver), (key, kept) -> new ArchivedLog(kept.end(), true));
  }

  @Override
  public Optional<ArchivedLog> find(DriverContainer driver) {
    return Optional.ofNullable(logs.get(key(driver)));
  }

  @Override
  public boolean isComplete(DriverContainer driver) {
    return find(driver).filter(ArchivedLog::complete).isPresent();
  }

  private static String key(DriverContainer driver) {
    return driver.jobId() + "/" + driver.attempt() + "/" + driver.uid();
  }
}
