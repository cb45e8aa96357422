package io.flintwheel.status.projection;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON without the character NUL, which PostgreSQL cannot hold in text: a driver that prints one
 * must not make the end of its job unspeakable.
 */
final class NulFree {

  private static final String ESCAPED_NUL = "\\u0000";
  private static final String REPLACEMENT = "\\ufffd";

  private NulFree() {}

  @SuppressWarnings("ReturnsNullCollection") // A record without a value stays one.
  static byte @Nullable [] json(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    String text = new String(value, StandardCharsets.UTF_8);
    return text.contains(ESCAPED_NUL)
        ? text.replace(ESCAPED_NUL, REPLACEMENT).getBytes(StandardCharsets.UTF_8)
        : value;
  }
}
