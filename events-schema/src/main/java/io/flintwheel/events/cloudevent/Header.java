package io.flintwheel.events.cloudevent;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A header of a Kafka record; Kafka allows one without a value. */
@SuppressWarnings("ArrayRecordComponent") // Kafka hands out arrays; copying each would buy nothing.
public record Header(String name, byte @Nullable [] value) {

  public static Header of(String name, String value) {
    return new Header(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The value as text, which is how CloudEvents on Kafka has it: UTF-8, nothing escaped. */
  public String text() {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}
