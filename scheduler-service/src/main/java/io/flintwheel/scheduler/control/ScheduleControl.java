package io.flintwheel.scheduler.control;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleCreated;
import io.flintwheel.events.schedule.ScheduleDeleted;
import io.flintwheel.events.schedule.ScheduleFact;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.SchedulePaused;
import io.flintwheel.events.schedule.ScheduleResumed;
import io.flintwheel.events.schedule.ScheduleUpdated;
import io.flintwheel.scheduler.control.ControlResult.Deleted;
import io.flintwheel.scheduler.control.ControlResult.Done;
import io.flintwheel.scheduler.control.ControlResult.NeverDue;
import io.flintwheel.scheduler.control.ControlResult.Outdated;
import io.flintwheel.scheduler.control.ControlResult.Taken;
import io.flintwheel.scheduler.control.ControlResult.Triggered;
import io.flintwheel.scheduler.control.ControlResult.Unknown;
import io.flintwheel.scheduler.database.DatabaseClock;
import io.flintwheel.scheduler.database.Signal;
import io.flintwheel.scheduler.outbox.Outbox;
import io.flintwheel.scheduler.outbox.Outbox.Departure;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleConfig;
import io.flintwheel.scheduler.schedule.ScheduleDefinition;
import io.flintwheel.scheduler.schedule.ScheduleRow;
import io.flintwheel.scheduler.schedule.ScheduleStore;
import io.flintwheel.scheduler.schedule.UnreadableDefinitionException;
import io.flintwheel.scheduler.tick.TickRecorder;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes schedules, each in its caller's transaction and under the lock of its row, so that a
 * change and a tick never happen at once. Doing twice what can be done once is no error.
 */
@Singleton
public class ScheduleControl {

  private final ScheduleStore schedules;
  private final TickRecorder ticks;
  private final Outbox outbox;
  private final DatabaseClock clock;
  private final URI source;

  ScheduleControl(
      ScheduleStore schedules,
      TickRecorder ticks,
      Outbox outbox,
      DatabaseClock clock,
      ScheduleConfig config) {
    this.schedules = schedules;
    this.ticks = ticks;
    this.outbox = outbox;
    this.clock = clock;
    source = Event.source(config.cluster(), "scheduler");
  }

  public ControlResult create(Connection connection, ScheduleId id, ScheduleDefinition definition)
      throws SQLException {
    // Waits for a deletion that is under way: this schedule's ticks begin where that one's ended.
    if (schedules.lock(connection, id).isPresent()) {
      return new Taken(id);
    }
    Instant now = clock.now(connection);
    Schedule schedule = Schedule.create(id, definition, now);
    if (schedule.nextDue() == null) {
      return new NeverDue();
    }
    if (!schedules.insert(connection, schedule)) {
      return new Taken(id);
    }
    tell(connection, schedule, new ScheduleCreated(id, schedule.revision()), now);
    Signal.SCHEDULES.send(connection);
    return new Done(schedule);
  }

  /**
   * Gives a schedule another definition; a pause goes on under it. Ticks up to now follow the old
   * one, also those that nobody had got round to: they fire, or are recorded as skipped when it is
   * paused.
   *
   * @param expectedVersion when given, the version that the user looked at
   */
  public ControlResult update(
      Connection connection,
      ScheduleId id,
      ScheduleDefinition definition,
      Optional<Long> expectedVersion)
      throws SQLException {
    return change(
        connection,
        id,
        (row, now) ->
            isOutdated(row, expectedVersion)
                ? new Outdated(row.version())
                : update(connection, row, definition, now));
  }

  private ControlResult update(
      Connection connection, ScheduleRow row, ScheduleDefinition definition, Instant now)
      throws SQLException {
    Schedule old;
    try {
      old = row.toSchedule();
      if (old.definition().equals(definition)) {
        return new Done(old);
      }
      if (old.paused()) {
        ticks.drop(connection, old, DropReason.PAUSED, now);
      } else {
        ticks.settle(connection, old, now);
      }
    } catch (UnreadableDefinitionException e) {
      // This update is what repairs it; ticks of a definition that cannot be read are not told.
      old = row.withDefinition(definition);
    }
    Schedule edited = old.edited(definition, now);
    if (edited.nextDue() == null) {
      return new NeverDue();
    }
    schedules.update(connection, edited);
    tell(connection, edited, new ScheduleUpdated(row.id(), edited.revision()), now);
    Signal.SCHEDULES.send(connection);
    return new Done(edited);
  }

  /** Stops ticks; one that is due and that nobody had got round to is left out. */
  public ControlResult pause(Connection connection, ScheduleId id) throws SQLException {
    return change(
        connection,
        id,
        (row, now) -> {
          Schedule schedule = row.toSchedule();
          if (schedule.paused()) {
            return new Done(schedule);
          }
          ticks.drop(connection, schedule, DropReason.PAUSED, now);
          Schedule paused = schedule.pausedAt(now);
          schedules.update(connection, paused);
          tell(connection, paused, new SchedulePaused(id, paused.revision()), now);
          return new Done(paused);
        });
  }

  /** Goes on with the ticks after now; those of the pause are recorded as skipped. */
  public ControlResult resume(Connection connection, ScheduleId id) throws SQLException {
    return change(
        connection,
        id,
        (row, now) -> {
          Schedule schedule = row.toSchedule();
          if (!schedule.paused()) {
            return new Done(schedule);
          }
          ticks.drop(connection, schedule, DropReason.PAUSED, now);
          Schedule resumed = schedule.resumedAt(now);
          schedules.update(connection, resumed);
          tell(connection, resumed, new ScheduleResumed(id, resumed.revision()), now);
          Signal.SCHEDULES.send(connection);
          return new Done(resumed);
        });
  }

  /** Fires once, now, paused or not. */
  public ControlResult trigger(Connection connection, ScheduleId id) throws SQLException {
    return change(
        connection,
        id,
        (row, now) -> new Triggered(ticks.fireNow(connection, row.toSchedule(), now)));
  }

  /** Ends a schedule; the history of its ticks stays. */
  public ControlResult delete(Connection connection, ScheduleId id, Optional<Long> expectedVersion)
      throws SQLException {
    return change(
        connection,
        id,
        (row, now) -> {
          if (isOutdated(row, expectedVersion)) {
            return new Outdated(row.version());
          }
          try {
            Schedule schedule = row.toSchedule();
            DropReason reason = schedule.paused() ? DropReason.PAUSED : DropReason.DELETED;
            ticks.drop(connection, schedule, reason, now);
          } catch (UnreadableDefinitionException e) {
            // Nobody can say which ticks it would have had.
          }
          schedules.delete(connection, id);
          ScheduleDeleted fact = new ScheduleDeleted(id, row.revision());
          tell(connection, row.createdAt(), row.version() + 1, fact, now);
          return new Deleted();
        });
  }

  /** What is done to a schedule while nobody else can. */
  @FunctionalInterface
  private interface Change {

    ControlResult of(ScheduleRow row, Instant now) throws SQLException;
  }

  private ControlResult change(Connection connection, ScheduleId id, Change change)
      throws SQLException {
    Optional<ScheduleRow> row = schedules.lock(connection, id);
    // The time is asked under the lock: nobody decides ticks between it and the change.
    return row.isPresent() ? change.of(row.get(), clock.now(connection)) : new Unknown(id);
  }

  private static boolean isOutdated(ScheduleRow row, Optional<Long> expectedVersion) {
    return expectedVersion.isPresent() && expectedVersion.get() != row.version();
  }

  private void tell(Connection connection, Schedule schedule, ScheduleFact fact, Instant now)
      throws SQLException {
    tell(connection, schedule.createdAt(), schedule.version(), fact, now);
  }

  private void tell(
      Connection connection, Instant createdAt, long version, ScheduleFact fact, Instant now)
      throws SQLException {
    EventId id = EventId.of(fact.type(), fact.scheduleId(), createdAt, version);
    outbox.add(
        connection,
        List.of(new Departure(Topics.SCHEDULE_EVENTS, new Event<>(id, source, now, fact))));
  }
}
