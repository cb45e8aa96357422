package io.flintwheel.scheduler.tick;

import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.scheduler.outbox.Outbox;
import io.flintwheel.scheduler.outbox.Outbox.Departure;
import io.flintwheel.scheduler.schedule.Schedule;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down what becomes of ticks, and in the same transaction what is to be told of it. The
 * caller holds the lock of each schedule.
 */
@Singleton
public class TickRecorder {

  private final TickStore ticks;
  private final TickEvents events;
  private final Outbox outbox;
  private final CatchUp catchUp;

  TickRecorder(TickStore ticks, TickEvents events, Outbox outbox, TickConfig config) {
    this.ticks = ticks;
    this.events = events;
    this.outbox = outbox;
    catchUp = CatchUp.of(config);
  }

  /** What is to be written about one schedule: each tick with what it makes known. */
  record Plan(Map<Tick, List<Departure>> ticks) {}

  /** What becomes of the ticks that are due; writes nothing. */
  Plan plan(Schedule schedule, Instant now) {
    return plan(schedule, TickDecision.due(schedule, now, catchUp), now);
  }

  private Plan plan(Schedule schedule, List<Tick> ticks, Instant now) {
    Map<Tick, List<Departure>> planned = new LinkedHashMap<>();
    ticks.forEach(tick -> planned.put(tick, events.of(schedule, tick, now)));
    return new Plan(planned);
  }

  /** Fires what is due, and records what was missed. */
  public void settle(Connection connection, Schedule schedule, Instant now) throws SQLException {
    record(connection, List.of(plan(schedule, now)), now);
  }

  /** Leaves out every tick from the mark up to now. */
  public void drop(Connection connection, Schedule schedule, DropReason reason, Instant now)
      throws SQLException {
    List<Tick> dropped =
        TickDecision.dropped(schedule, schedule.mark(), now, reason).stream().toList();
    record(connection, List.of(plan(schedule, dropped, now)), now);
  }

  /**
   * Fires once, now. Nominal times are whole seconds, so a second request within one gets the next
   * free second: nothing is lost and each has a job of its own.
   */
  public Tick fireNow(Connection connection, Schedule schedule, Instant now) throws SQLException {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    Instant nominal =
        ticks
            .lastManual(connection, schedule.id())
            .map(last -> last.plusSeconds(1))
            .filter(free -> free.isAfter(second))
            .orElse(second);
    Tick tick = Tick.fired(schedule.id(), nominal, TickKind.MANUAL);
    record(connection, List.of(plan(schedule, List.of(tick), now)), now);
    return tick;
  }

  /** Writes plans down; returns the ticks that were not there already. */
  List<Tick> record(Connection connection, List<Plan> plans, Instant now) throws SQLException {
    Map<Tick, List<Departure>> all = new LinkedHashMap<>();
    plans.forEach(plan -> all.putAll(plan.ticks()));
    // What is there already was decided by an earlier schedule of the same id: not twice.
    List<Tick> recorded = ticks.insert(connection, List.copyOf(all.keySet()), now);
    List<Departure> departures = new ArrayList<>();
    recorded.forEach(tick -> departures.addAll(all.getOrDefault(tick, List.of())));
    outbox.add(connection, departures);
    return recorded;
  }
}
