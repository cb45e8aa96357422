package io.flintwheel.events.cloudevent;

/** How a CloudEvent lies in a Kafka record. */
public enum ContentMode {
  /** Context in headers {@code ce_*}, data in the value. */
  BINARY,
  /** Context and data in one JSON document. */
  STRUCTURED
}
