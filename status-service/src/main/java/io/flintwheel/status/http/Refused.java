package io.flintwheel.status.http;

/** A request that gets a problem for an answer. */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemDocument problem;

  Refused(ProblemDocument problem) {
    super(problem.detail());
    this.problem = problem;
  }

  ProblemDocument problem() {
    return problem;
  }
}
