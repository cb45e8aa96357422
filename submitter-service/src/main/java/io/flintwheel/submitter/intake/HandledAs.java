package io.flintwheel.submitter.intake;

import java.util.Locale;

/** What became of a record, as metrics count it. */
enum HandledAs {
  /** A driver was made. */
  SUBMITTED,
  /** A redelivery: the driver was there. */
  KNOWN,
  REJECTED,
  CONFLICTED,
  /** Kubernetes refused it. */
  FAILED,
  CANCELLED,
  /** It was no request. */
  DEAD_LETTER;

  String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
