package io.flintwheel.scheduler.http;

import io.flintwheel.scheduler.control.ControlResult;
import io.flintwheel.scheduler.control.ControlResult.NeverDue;
import io.flintwheel.scheduler.control.ControlResult.Outdated;
import io.flintwheel.scheduler.control.ControlResult.Taken;
import io.flintwheel.scheduler.control.ControlResult.Unknown;

/** What a client is told when a schedule is not as it wanted it. */
final class Refusals {

  private static final int MALFORMED = 400;
  private static final int CONFLICT = 409;
  private static final int OUTDATED = 412;

  private Refusals() {}

  static RuntimeException of(ControlResult result) {
    if (result instanceof Taken taken) {
      return new ProblemException(
          CONFLICT,
          "id",
          "there is a schedule '" + taken.id() + "' already",
          "another id, or PUT to change it");
    }
    if (result instanceof Unknown unknown) {
      return ScheduleQueries.unknown(unknown.id());
    }
    if (result instanceof Outdated outdated) {
      return new ProblemException(
          OUTDATED, "If-Match", "the schedule was changed since", "\"" + outdated.version() + "\"");
    }
    if (result instanceof NeverDue) {
      return new ProblemException(
          MALFORMED, "specs", "all times are past, so it never fires", "a time in the future");
    }
    return new IllegalStateException("no refusal: " + result);
  }
}
