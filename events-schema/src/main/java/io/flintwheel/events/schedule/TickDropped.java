package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tick of the schedule, or a row of them, requested nothing.
 *
 * @param nominalTime the time it stands for; of the first one when there are several
 * @param kind why it exists
 * @param reason why it was dropped
 * @param count how many ticks this tells of, from 1
 * @param countIsMinimum whether there were more than {@code count}: a long outage is not walked to
 *     its end
 * @param until when there are several, no tick that this tells of is later
 */
public record TickDropped(
    ScheduleId scheduleId,
    Instant nominalTime,
    TickKind kind,
    DropReason reason,
    int count,
    boolean countIsMinimum,
    @Nullable Instant until)
    implements ScheduleFact {

  public static final String TYPE = "io.flintwheel.tick.dropped.v1";

  public TickDropped {
    if (count < 1) {
      throw new IllegalArgumentException("a drop tells of at least one tick: " + count);
    }
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
