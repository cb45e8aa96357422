package io.flintwheel.status.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import java.util.List;

/** A request that gets a problem for an answer. */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemDetails problem;

  Refused(ProblemDetails problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** A parameter that is wrong. */
  static Refused badParameter(String field, String message, String expected) {
    return new Refused(ProblemDetails.of(400, new Problem(field, message, expected)));
  }

  /** Several that are wrong. */
  static Refused badParameters(List<Problem> problems) {
    return new Refused(ProblemDetails.of(400, problems));
  }

  /** Something that is not there; the expected is what would be right, or where to look. */
  static Refused notFound(String field, String message, String expected) {
    return new Refused(ProblemDetails.of(404, new Problem(field, message, expected)));
  }

  ProblemDetails problem() {
    return problem;
  }
}
