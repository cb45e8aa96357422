package io.flintwheel.events.cloudevent;

import io.flintwheel.events.job.JobRequested;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records as publishers make them. */
final class Records {

  private Records() {}

  static EventRecord record(String value, Header... headers) {
    return new EventRecord("key", List.of(headers), value.getBytes(StandardCharsets.UTF_8));
  }

  /** A structured job request of id 1 and source urn:x. */
  static String structured(String data) {
    return "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"urn:x\", \"type\": \""
        + JobRequested.TYPE
        + "\", \"data\": "
        + data
        + "}";
  }

  /** A binary job request in which one attribute is another. */
  static EventRecord binary(String attribute, String value) {
    return record(
        "{\"jobId\": \"pi\", \"spec\": {}}",
        Header.of("ce_specversion", "1.0"),
        Header.of("ce_id", "1"),
        Header.of("ce_source", "urn:x"),
        Header.of("ce_type", JobRequested.TYPE),
        Header.of("ce_" + attribute, value));
  }

  /** A binary event of that type. */
  static EventRecord fact(String type, String data) {
    return record(
        data,
        Header.of("ce_specversion", "1.0"),
        Header.of("ce_id", "1"),
        Header.of("ce_source", "urn:x"),
        Header.of("ce_type", type),
        Header.of("content-type", "application/json"));
  }
}
