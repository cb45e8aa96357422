package io.flintwheel.events.cloudevent;

import java.nio.charset.StandardCharsets;

/** A header of a Kafka record. */
@SuppressWarnings("ArrayRecordComponent") // Kafka hands out arrays; copying each would buy nothing.
public record Header(String name, byte[] value) {

  public static Header of(String name, String value) {
    return new Header(name, value.getBytes(StandardCharsets.UTF_8));
  }

  public String text() {
    return new String(value, StandardCharsets.UTF_8);
  }
}
