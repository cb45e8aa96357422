package io.flintwheel.submitter.review;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.SubmitterConfig;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.policy.NamespacePolicies;
import io.flintwheel.submitter.spark.DriverRequest;
import java.util.List;

/** Reviewers for tests of other packages. */
public final class Reviewers {

  private Reviewers() {}

  public static RequestReviewer standard() {
    return of(TestConfig.standard());
  }

  public static RequestReviewer of(SubmitterConfig config) {
    return new RequestReviewer(NamespacePolicies.of(config), config);
  }

  public static DriverRequest admitted(Event<JobRequested> event) {
    return admitted(event, TestConfig.standard());
  }

  public static DriverRequest admitted(Event<JobRequested> event, SubmitterConfig config) {
    Review review = of(config).review(event);
    if (review instanceof Review.Admitted admitted) {
      return admitted.driver();
    }
    throw new AssertionError("refused: " + review);
  }

  public static List<Problem> problems(Event<JobRequested> event) {
    return standard().review(event) instanceof Review.Refused refused
        ? refused.problems()
        : List.of();
  }
}
