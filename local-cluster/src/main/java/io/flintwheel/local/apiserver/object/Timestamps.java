package io.flintwheel.local.apiserver.object;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the API writes them: RFC 3339, whole seconds. */
public final class Timestamps {

  private Timestamps() {}

  public static String now(Clock clock) {
    return of(clock.instant());
  }

  public static String of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
