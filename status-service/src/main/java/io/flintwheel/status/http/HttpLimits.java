package io.flintwheel.status.http;

import io.flintwheel.http.LargestBody;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this service takes. */
@Singleton
final class HttpLimits {

  /** The same as the server's, whose answer has no body. */
  private static final long LARGEST_BODY = 64 * 1024L;

  @Produces
  @Singleton
  static LargestBody largestBody() {
    return new LargestBody(LARGEST_BODY);
  }
}
