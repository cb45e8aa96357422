package io.flintwheel.submitter.http;

import io.flintwheel.events.job.Problem;
import java.util.List;

/** A request that is answered with a problem. */
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final transient List<Problem> problems;

  ProblemException(ProblemKind kind, String detail, List<Problem> problems) {
    super(detail);
    this.kind = kind;
    this.problems = List.copyOf(problems);
  }

  ProblemDetails details() {
    String field =
        problems.stream()
            .map(Problem::field)
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse(null);
    return new ProblemDetails(
        "about:blank", kind.title(), kind.status(), String.valueOf(getMessage()), field, problems);
  }
}
