package io.flintwheel.submitter.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import java.util.List;

/** A request of which nothing was made, and the answer that says why. */
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemDetails details;

  private ProblemException(ProblemDetails details) {
    super(details.detail());
    this.details = details;
  }

  /** Not a request as the schema says. */
  static ProblemException bad(List<Problem> problems) {
    return new ProblemException(ProblemDetails.of(400, problems));
  }

  /** Not a request as the schema says. */
  static ProblemException bad(String field, String message, String expected) {
    return bad(List.of(new Problem(field, message, expected)));
  }

  static ProblemException tooLarge(String message, String expected) {
    return new ProblemException(ProblemDetails.of(413, new Problem("", message, expected)));
  }

  /** A request that cannot be run here as it is. */
  static ProblemException refused(List<Problem> problems) {
    return new ProblemException(ProblemDetails.of(422, problems));
  }

  static ProblemException unavailable(String detail) {
    return new ProblemException(ProblemDetails.of(503, detail));
  }

  ProblemDetails details() {
    return details;
  }
}
