package io.flintwheel.submitter;

import java.util.UUID;

/** Job ids that no other test of a shared cluster has. */
final class JobIds {

  private JobIds() {}

  static String next() {
    return "t-" + UUID.randomUUID().toString().substring(0, 13) + "x";
  }
}
