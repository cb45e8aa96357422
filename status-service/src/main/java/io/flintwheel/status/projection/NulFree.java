package io.flintwheel.status.projection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON without the character NUL, which PostgreSQL cannot hold in text: a driver that prints one
 * must not make the end of its job unspeakable.
 */
final class NulFree {

  /** What follows the backslash. */
  private static final byte[] NUL = ascii("u0000");

  /** As long as {@link #NUL}, so that it can take its place. */
  private static final byte[] REPLACEMENT = ascii("ufffd");

  private NulFree() {}

  @SuppressWarnings("ReturnsNullCollection") // A record without a value stays one.
  static byte @Nullable [] json(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    byte[] json = value;
    // No byte of a longer character is a backslash in UTF-8.
    for (int i = 0; i < value.length; i++) {
      if (value[i] == '\\') {
        // What a backslash escapes may be a backslash, which escapes nothing then.
        i++;
        if (isNul(value, i)) {
          json = json == value ? value.clone() : json;
          System.arraycopy(REPLACEMENT, 0, json, i, REPLACEMENT.length);
        }
      }
    }
    return json;
  }

  private static boolean isNul(byte[] value, int from) {
    int to = from + NUL.length;
    return to <= value.length && Arrays.equals(value, from, to, NUL, 0, NUL.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
