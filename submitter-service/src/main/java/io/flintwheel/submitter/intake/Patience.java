package io.flintwheel.submitter.intake;

import java.time.Duration;

/**
 * How long the intake goes on trying.
 *
 * @param backoff between two tries
 * @param withRights how long a refusal about what the submitter may do is taken for passing
 */
record Patience(Backoff backoff, Duration withRights) {

  static Patience of(IntakeConfig config) {
    return new Patience(
        new Backoff(config.firstRetry(), config.longestRetry()), config.patienceWithRights());
  }
}
