package io.flintwheel.status.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When an attempt came how far; each is the earliest that was told. */
public record Times(
    @Nullable Instant requestedAt,
    @Nullable Instant acceptedAt,
    @Nullable Instant submittedAt,
    @Nullable Instant startedAt) {

  static final Times NONE = new Times(null, null, null, null);

  Times merge(Times told) {
    return new Times(
        earlier(requestedAt, told.requestedAt),
        earlier(acceptedAt, told.acceptedAt),
        earlier(submittedAt, told.submittedAt),
        earlier(startedAt, told.startedAt));
  }

  static Times requested(Instant time) {
    return new Times(time, null, null, null);
  }

  static Times accepted(Instant time) {
    return new Times(null, time, null, null);
  }

  static Times submitted(Instant time) {
    return new Times(null, null, time, null);
  }

  static Times started(@Nullable Instant time) {
    return new Times(null, null, null, time);
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
