package io.flintwheel.status.projection;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobMessage;
import java.sql.SQLException;
import java.util.List;

/** Where messages are put. */
@FunctionalInterface
interface Projection {

  /**
   * Stores all of a batch or nothing; when this returns, it is durable. An event that is known
   * already changes nothing.
   *
   * @return how many of them were news
   * @throws SQLException when the database is away, or refuses the data
   * @throws RuntimeException when an event, or what is stored of its job, cannot be understood
   */
  int project(List<Event<JobMessage>> batch) throws SQLException;
}
