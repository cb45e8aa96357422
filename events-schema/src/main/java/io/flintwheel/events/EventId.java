package io.flintwheel.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of an event: a function of what it tells, never random and never of the clock, so that
 * telling a fact twice is one event.
 *
 * @param value 1 to 255 characters, none of them NUL or half a surrogate pair
 */
public record EventId(@JsonValue String value) {

  public static final int MAX_LENGTH = 255;

  public EventId {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("event id must have 1 to 255 characters: '" + value + "'");
    }
    if (!isStorable(value)) {
      throw new IllegalArgumentException(
          "event id must have no character NUL and no half of a surrogate pair");
    }
  }

  /**
   * False for a text that a database refuses or cannot tell from another: with the character NUL or
   * half a surrogate pair. CloudEvents allows neither.
   */
  public static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  @JsonCreator
  static EventId parse(String value) {
    return new EventId(value);
  }

  /** The id of the fact that the parts identify; 32 hexadecimal characters. */
  public static EventId of(Object... parts) {
    return new EventId(digest(parts).substring(0, 32));
  }

  /** SHA-256 over the parts, each preceded by its length so that no two lists collide. */
  public static String digest(Object... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
        sha.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        sha.update((byte) ':');
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
