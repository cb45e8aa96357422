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

  /** More errors, or more warnings, are told as one. */
  public static final int MOST_PROBLEMS = 100;

  private SparkApplicationSpecReader() {}

  /** Never throws; the warnings are there whether or not there are errors. */
  public static SpecReading read(JobSpec spec) {
    List<Problem> errors = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    SparkApplicationSpec read =
        new RecordReader(errors, warnings).read(spec.json(), SparkApplicationSpec.class, "spec");
    return new SpecReading(
        errors.isEmpty() ? Optional.of(read) : Optional.empty(),
        bounded(errors),
        bounded(warnings));
  }

  /** Problems travel in events: what is told of a small request must not be a large one. */
  private static List<Problem> bounded(List<Problem> problems) {
    if (problems.size() <= MOST_PROBLEMS) {
      return problems;
    }
    List<Problem> told = new ArrayList<>(problems.subList(0, MOST_PROBLEMS - 1));
    int untold = problems.size() - told.size();
    told.add(new Problem("spec", "and " + untold + " more of the kind", null));
    return told;
  }
}
