package io.flintwheel.events.cloudevent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Kafka record as far as an event is concerned, without a Kafka client on the class path. */
@SuppressWarnings("ArrayRecordComponent") // Kafka hands out arrays; copying each would buy nothing.
public record EventRecord(@Nullable String key, List<Header> headers, byte @Nullable [] value) {

  public EventRecord {
    headers = List.copyOf(headers);
  }
}
