package io.flintwheel.scheduler.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseClock;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleRow;
import io.flintwheel.scheduler.schedule.ScheduleStore;
import io.flintwheel.scheduler.tick.TickStore;
import io.flintwheel.scheduler.tick.TickStore.Position;
import io.flintwheel.scheduler.tick.TickStore.Recorded;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked without changing anything. */
@Singleton
class ScheduleQueries {

  /** How many a page has unless the client says. */
  static final int PAGE = 50;

  static final int MOST_PAGE = 500;
  private static final int NOT_FOUND = 404;

  private final Database database;
  private final DatabaseClock clock;
  private final ScheduleStore schedules;
  private final TickStore ticks;
  private final ScheduleDocuments documents;

  ScheduleQueries(
      Database database,
      DatabaseClock clock,
      ScheduleStore schedules,
      TickStore ticks,
      ScheduleDocuments documents) {
    this.database = database;
    this.clock = clock;
    this.schedules = schedules;
    this.ticks = ticks;
    this.documents = documents;
  }

  ScheduleRow schedule(ScheduleId id) {
    return database
        .inTransaction(connection -> schedules.find(connection, id))
        .orElseThrow(() -> unknown(id));
  }

  ObjectNode schedules(@Nullable String cursor, int limit) {
    List<ScheduleRow> rows =
        database.inTransaction(connection -> schedules.page(connection, cursor, limit + 1));
    List<ScheduleRow> page = rows.subList(0, Math.min(limit, rows.size()));
    return documents.schedules(
        page,
        rows.size() > limit ? Optional.of(page.get(limit - 1).id().value()) : Optional.empty());
  }

  /** The history of a schedule, also of one that was deleted. */
  ObjectNode ticks(ScheduleId id, @Nullable Position before, int limit) {
    List<Recorded> rows =
        database.inTransaction(
            connection -> {
              List<Recorded> found = ticks.page(connection, id, before, limit + 1);
              if (found.isEmpty() && schedules.find(connection, id).isEmpty()) {
                throw unknown(id);
              }
              return found;
            });
    List<Recorded> page = rows.subList(0, Math.min(limit, rows.size()));
    return documents.ticks(
        id,
        page,
        rows.size() > limit
            ? Optional.of(TickCursor.write(positionOf(page.get(limit - 1))))
            : Optional.empty());
  }

  private static Position positionOf(Recorded recorded) {
    return new Position(recorded.tick().nominal(), recorded.tick().kind());
  }

  ObjectNode preview(ScheduleId id, int count) {
    Instant now = database.inTransaction(clock::now);
    Schedule schedule = schedule(id).toSchedule();
    Instant from = schedule.mark().isAfter(now) ? schedule.mark() : now;
    return documents.preview(schedule, from, count);
  }

  static ProblemException unknown(ScheduleId id) {
    return new ProblemException(
        NOT_FOUND, "id", "there is no schedule '" + id + "'", "the id of a schedule");
  }
}
