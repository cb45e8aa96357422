package io.flintwheel.scheduler.http;

import io.flintwheel.http.LargestBody;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this service takes. */
@Singleton
final class HttpLimits {

  @Produces
  @Singleton
  static LargestBody largestBody() {
    return new LargestBody(ScheduleRequests.MOST_BYTES);
  }
}
