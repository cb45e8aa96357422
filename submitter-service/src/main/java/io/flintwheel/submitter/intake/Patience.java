package io.flintwheel.submitter.intake;

import java.time.Duration;

/**
 * How long a request is tried before something is believed, and how often.
 *
 * @param backoff between two tries
 * @param withRights how long the API server may refuse the submitter itself before that is believed
 */
record Patience(Backoff backoff, Duration withRights) {

  static Patience of(IntakeConfig config) {
    return new Patience(Backoff.upTo(config.longestPause()), config.patienceWithRights());
  }
}
