package io.flintwheel.status.http;

import io.flintwheel.status.projection.StoreUnavailable;
import java.util.List;

/** What a stream has to tell; asked again and again by one thread at a time. */
interface Changes {

  /** A document and the number of the change that it is about. */
  record Change(long number, JobDocument job) {}

  /** What is new since the last call. */
  List<Change> next() throws StoreUnavailable;

  /** True when it was not all, and the next call will tell more at once. */
  boolean hasMore();

  /** True when nothing will ever be new again. */
  boolean isOver();
}
