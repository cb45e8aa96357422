package io.flintwheel.scheduler.schedule;

import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.ScheduleId;
import java.util.List;
import java.util.Optional;

/**
 * What was read from a document.
 *
 * @param id the id that the document names, if it does and may
 * @param definition empty when there is a problem
 * @param problems all that is wrong
 * @param warnings what is accepted but may not do what its author thinks
 */
public record DefinitionReading(
    Optional<ScheduleId> id,
    Optional<ScheduleDefinition> definition,
    List<Problem> problems,
    List<Problem> warnings) {

  public DefinitionReading {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
