package io.flintwheel.status.logs;

import io.flintwheel.status.projection.StoreUnavailable;
import java.util.Optional;

/**
 * Where the ends of logs are kept after their pods are gone: one for each driver's pod, because a
 * job id may come again when what ran under it before is forgotten.
 */
interface LogArchive {

  /** The most bytes that are kept of one driver: its last. */
  int MOST_BYTES = 1024 * 1024;

  /** Keeps a log; a complete one is never replaced by one that is not. */
  void save(DriverContainer driver, ArchivedLog log) throws StoreUnavailable;

  /** What is kept of a driver, if anything, has turned out to be all. */
  void complete(DriverContainer driver) throws StoreUnavailable;

  /** What is kept of a driver. */
  Optional<ArchivedLog> find(DriverContainer driver) throws StoreUnavailable;

  /** True when the whole log, or its last mebibyte, is kept. */
  boolean isComplete(DriverContainer driver) throws StoreUnavailable;
}
