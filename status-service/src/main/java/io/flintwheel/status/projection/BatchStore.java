package io.flintwheel.status.projection;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/** Stores batches and tells a database that is away from an event that it will never take. */
@ApplicationScoped
class BatchStore {

  private static final Logger LOG = Logger.getLogger(BatchStore.class);

  private final Projector projector;
  private final ProjectionMetrics metrics;

  BatchStore(Projector projector, ProjectionMetrics metrics) {
    this.projector = projector;
    this.metrics = metrics;
  }

  /** True when the batch is durable; false when the database is away and it must be tried again. */
  boolean store(List<Event<JobMessage>> batch) {
    try {
      metrics.stored(batch.size(), projector.project(batch));
      return true;
    } catch (SQLException e) {
      if (!isAboutTheData(e)) {
        LOG.warnf("events are not stored yet, trying again: %s", e.getMessage());
        return false;
      }
    }
    return storeOneByOne(batch);
  }

  private boolean storeOneByOne(List<Event<JobMessage>> batch) {
    for (Event<JobMessage> event : batch) {
      try {
        metrics.stored(1, projector.project(List.of(event)));
      } catch (SQLException e) {
        if (!isAboutTheData(e)) {
          LOG.warnf("events are not stored yet, trying again: %s", e.getMessage());
          return false;
        }
        metrics.refused();
        LOG.errorf(
            "event is refused by the database and skipped: source=%s id=%s jobId=%s sqlState=%s",
            event.source(), event.id(), event.data().jobId(), e.getSQLState());
      }
    }
    return true;
  }

  /** Data exceptions, violated constraints and exceeded limits do not go away by trying again. */
  private static boolean isAboutTheData(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }
}
