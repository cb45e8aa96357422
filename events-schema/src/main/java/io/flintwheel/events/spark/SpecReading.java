package io.flintwheel.events.spark;

import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /**
   * What to say to whom it is refused; empty when it is not. A field that is missing is often one
   * that is misspelled, so what has no effect is told as well.
   */
  public List<Problem> refusal() {
    return errors.isEmpty()
        ? List.of()
        : Stream.concat(errors.stream(), warnings.stream()).toList();
  }
}
