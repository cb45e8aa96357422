package io.flintwheel.status.projection;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobMessage;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Stores batches and tells a database that is away from an event that will never be stored. The
 * latter is skipped, counted and logged, so that it holds up nothing else.
 *
 * <p>What exceptions say is not logged: messages of a database quote the rows they are about.
 */
@Singleton
class BatchStore {

  private static final Logger LOG = Logger.getLogger(BatchStore.class);

  private final Projection projection;
  private final ProjectionMetrics metrics;

  BatchStore(Projection projection, ProjectionMetrics metrics) {
    this.projection = projection;
    this.metrics = metrics;
  }

  /** True when the batch is done with; false when the database is away and it must come again. */
  boolean store(List<Event<JobMessage>> batch) {
    try {
      project(batch);
      return true;
    } catch (SQLException e) {
      return isAboutTheData(e) ? storeOneByOne(batch) : later(e);
    } catch (RuntimeException e) {
      return storeOneByOne(batch);
    }
  }

  private boolean storeOneByOne(List<Event<JobMessage>> batch) {
    for (Event<JobMessage> event : batch) {
      try {
        project(List.of(event));
      } catch (SQLException e) {
        if (!isAboutTheData(e)) {
          return later(e);
        }
        skip(event, "sqlState " + e.getSQLState());
      } catch (RuntimeException e) {
        skip(event, e.getClass().getName());
      }
    }
    return true;
  }

  private void project(List<Event<JobMessage>> events) throws SQLException {
    metrics.stored(events.size(), projection.project(events));
  }

  private void skip(Event<JobMessage> event, String why) {
    metrics.refused();
    LOG.errorf(
        "event cannot be stored and is skipped: source=%s id=%s type=%s jobId=%s why=%s",
        event.source(), event.id(), event.data().type(), event.data().jobId(), why);
  }

  private static boolean later(SQLException e) {
    LOG.warnf(
        "events are not stored yet, trying again: error=%s sqlState=%s",
        e.getClass().getSimpleName(), e.getSQLState());
    return false;
  }

  /** Data exceptions, violated constraints and exceeded limits do not go away by trying again. */
  private static boolean isAboutTheData(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }
}
