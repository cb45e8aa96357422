package io.flintwheel.submitter.review;

import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.spark.DriverRequest;
import java.util.List;

/** What became of a request that was looked at. */
public sealed interface Review {

  /** It may be built. */
  record Admitted(DriverRequest driver, List<Problem> warnings) implements Review {}

  /** It may not; all the reasons at once. */
  record Refused(List<Problem> problems) implements Review {}
}
