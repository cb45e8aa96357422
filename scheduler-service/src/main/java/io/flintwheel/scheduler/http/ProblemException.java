package io.flintwheel.scheduler.http;

import io.flintwheel.events.job.Problem;
import java.util.List;

/** A request that is answered with a problem; what its transaction did is undone. */
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Problem> problems;

  ProblemException(int status, List<Problem> problems) {
    super(problems.get(0).message());
    this.status = status;
    this.problems = List.copyOf(problems);
  }

  ProblemException(int status, String field, String message, String expected) {
    this(status, List.of(new Problem(field, message, expected)));
  }

  int status() {
    return status;
  }

  List<Problem> problems() {
    return problems;
  }
}
