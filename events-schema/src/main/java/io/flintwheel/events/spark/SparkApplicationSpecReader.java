package io.flintwheel.events.spark;

import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a job specification into types and tells all that is wrong with it at once.
 *
 * <p>Paths start with {@code spec}, such as {@code spec.driver.cores}, {@code spec.arguments[2]} or
 * {@code spec.sparkConf[spark.eventLog.enabled]}. Values of maps are never quoted in a problem:
 * they can be secrets.
 */
public final class SparkApplicationSpecReader {

  private SparkApplicationSpecReader() {}

  /** Never throws; the warnings are there whether or not there are errors. */
  public static SpecReading read(JobSpec spec) {
    List<Problem> errors = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    SparkApplicationSpec read =
        new RecordReader(errors, warnings).read(spec.json(), SparkApplicationSpec.class, "spec");
    new UnusableCharacters(errors).find(spec.json(), "spec");
    return new SpecReading(
        errors.isEmpty() ? Optional.of(read) : Optional.empty(),
        Problem.bounded(errors, "spec"),
        Problem.bounded(warnings, "spec"));
  }
}
