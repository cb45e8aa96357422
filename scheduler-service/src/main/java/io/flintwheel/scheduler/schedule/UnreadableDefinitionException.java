package io.flintwheel.scheduler.schedule;

import io.flintwheel.events.job.Problem;
import java.util.List;

/** A stored definition that was valid once and is no more. */
public final class UnreadableDefinitionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableDefinitionException(String id, List<Problem> problems) {
    super(
        "the definition of schedule "
            + id
            + " cannot be read any more: "
            + String.join(
                "; ", problems.stream().map(p -> p.field() + ": " + p.message()).toList()));
  }
}
