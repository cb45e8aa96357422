package io.flintwheel.submitter.spark;

import io.flintwheel.events.job.Problem;

/**
 * Spark cannot make a driver of this configuration, now or later. It never carries Spark's words or
 * Spark's exception: they quote values of the configuration, and those can be secrets.
 */
public final class UnbuildableJobException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  UnbuildableJobException(Problem problem, StackTraceElement[] where) {
    super(problem.field() + " " + problem.message());
    this.problem = problem;
    setStackTrace(where);
  }

  /** Which key it is, as far as that can be told, and what would be right. */
  public Problem problem() {
    return problem;
  }
}
