package io.flintwheel.scheduler.http;

import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.scheduler.recurrence.OneShot;
import io.flintwheel.scheduler.tick.TickStore.Position;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A place in a schedule's history as a client carries it: {@code <instant>,<kind>}. */
final class TickCursor {

  private static final int MALFORMED = 400;

  private TickCursor() {}

  static String write(Position position) {
    return position.nominal() + "," + position.kind();
  }

  static @Nullable Position read(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    int comma = cursor.indexOf(',');
    if (comma > 0) {
      try {
        // What is no time of a one-shot is no time of a tick, and maybe none of the database.
        Instant nominal = new OneShot(Instant.parse(cursor.substring(0, comma))).at();
        return new Position(nominal, TickKind.valueOf(cursor.substring(comma + 1)));
      } catch (DateTimeException | IllegalArgumentException e) {
        // Told below.
      }
    }
    throw new ProblemException(
        MALFORMED,
        "cursor",
        "'" + ScheduleRequests.abbreviate(cursor) + "' is no cursor",
        "nextCursor of an earlier answer");
  }
}
