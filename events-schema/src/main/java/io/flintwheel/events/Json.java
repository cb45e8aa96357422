package io.flintwheel.events;

import com.fasterxml.jackson.databind.JsonNode;

/** Words about JSON for messages to people. */
public final class Json {

  private static final int QUOTED_CHARACTERS = 80;

  private Json() {}

  /** What a value is, with its article: {@code a text}, {@code an object}. */
  public static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a text";
      case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a fraction";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case NULL -> "null";
      case MISSING -> "missing";
      case BINARY -> "binary";
    };
  }

  /** A value as a message may quote it: bounded, whatever somebody sent. */
  public static String abbreviate(String text) {
    return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "...";
  }
}
