package io.flintwheel.status.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;

/** The place of a page, opaque to clients. */
final class Cursor {

  private static final String PREFIX = "c1:";

  private Cursor() {}

  static String of(long created) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((PREFIX + created).getBytes(StandardCharsets.US_ASCII));
  }

  /** Empty for what no page has given out. */
  static OptionalLong read(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      return text.startsWith(PREFIX)
          ? OptionalLong.of(Long.parseLong(text.substring(PREFIX.length())))
          : OptionalLong.empty();
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }
}
