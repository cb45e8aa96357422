package io.flintwheel.status.logs;

import io.flintwheel.events.job.JobId;
import io.flintwheel.status.projection.StoreUnavailable;
import java.util.Optional;

/** Where the ends of logs are kept after their pods are gone. */
interface LogArchive {

  /** The most bytes that are kept of one attempt: its last. */
  int MOST_BYTES = 1024 * 1024;

  /** Keeps a log; a complete one is never replaced by one that is not. */
  void save(JobId jobId, int attempt, ArchivedLog log) throws StoreUnavailable;

  /** What is kept of an attempt. */
  Optional<ArchivedLog> find(JobId jobId, int attempt) throws StoreUnavailable;

  /** True when the whole log, or its last mebibyte, is kept. */
  boolean isComplete(JobId jobId, int attempt) throws StoreUnavailable;
}
