package io.flintwheel.status.logs;

import io.flintwheel.events.job.JobId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An archive as the database would be. */
final class MemoryLogArchive implements LogArchive {

  private final Map<String, ArchivedLog> logs = new ConcurrentHashMap<>();

  @Override
  public void save(JobId jobId, int attempt, ArchivedLog log) {
    logs.merge(
        key(jobId, attempt),
        log,
        (kept, saved) -> saved.complete() || !kept.complete() ? saved : kept);
  }

  @Override
  public Optional<ArchivedLog> find(JobId jobId, int attempt) {
    return Optional.ofNullable(logs.get(key(jobId, attempt)));
  }

  @Override
  public boolean isComplete(JobId jobId, int attempt) {
    return find(jobId, attempt).filter(ArchivedLog::complete).isPresent();
  }

  private static String key(JobId jobId, int attempt) {
    return jobId + "/" + attempt;
  }
}
