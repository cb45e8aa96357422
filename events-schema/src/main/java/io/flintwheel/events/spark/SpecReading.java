package io.flintwheel.events.spark;

import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What became of a job specification that was read.
 *
 * @param spec the typed specification; empty when there are errors
 * @param errors what makes it no SparkApplicationSpec: all of it, not only the first
 * @param warnings what is of no effect, such as unknown fields
 */
public record SpecReading(
    Optional<SparkApplicationSpec> spec, List<Problem> errors, List<Problem> warnings) {

  public SpecReading {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
    if (spec.isPresent() != errors.isEmpty()) {
      throw new IllegalArgumentException("a reading has a spec or errors: " + errors);
    }
  }
}
