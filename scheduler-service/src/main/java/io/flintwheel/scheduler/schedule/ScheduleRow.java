package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.schedule.ScheduleId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it lies in the table, which can be shown even when its definition is not valid any
 * more.
 *
 * @param definition as {@link ScheduleDefinition#toJson} wrote it
 * @param trouble why the scheduler cannot work on it; null when it can
 */
public record ScheduleRow(
    ScheduleId id,
    int revision,
    long version,
    ObjectNode definition,
    boolean paused,
    Instant mark,
    @Nullable Instant nextDue,
    @Nullable String trouble,
    Instant createdAt,
    Instant updatedAt) {

  private static final DefinitionReader READER = DefinitionReader.ofAccepted();

  public static ScheduleRow of(Schedule schedule) {
    return new ScheduleRow(
        schedule.id(),
        schedule.revision(),
        schedule.version(),
        schedule.definition().toJson(),
        schedule.paused(),
        schedule.mark(),
        schedule.nextDue(),
        null,
        schedule.createdAt(),
        schedule.updatedAt());
  }

  /**
   * Reads the definition.
   *
   * @throws UnreadableDefinitionException when it was valid once and is no more
   */
  public Schedule toSchedule() {
    DefinitionReading reading = READER.read(definition);
    ScheduleDefinition read =
        reading
            .definition()
            .orElseThrow(() -> new UnreadableDefinitionException(id.value(), reading.problems()));
    return withDefinition(read);
  }

  /** With this definition in place of one that may be unreadable. */
  public Schedule withDefinition(ScheduleDefinition other) {
    return new Schedule(id, revision, version, other, paused, mark, nextDue, createdAt, updatedAt);
  }
}
