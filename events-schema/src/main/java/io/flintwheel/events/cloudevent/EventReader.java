package io.flintwheel.events.cloudevent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventData;
import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of one family of messages.
 *
 * @param <T> what they have in common
 */
final class EventReader<T extends EventData> {

  private final Map<String, Class<? extends T>> types;
  private final Function<Event<T>, Decoded> result;

  EventReader(Map<String, Class<? extends T>> types, Function<Event<T>, Decoded> result) {
    this.types = types;
    this.result = result;
  }

  Decoded read(EventRecord record, Instant recordTime) {
    try {
      Envelope envelope = Envelope.open(record);
      try {
        return result.apply(read(envelope, record.value(), recordTime));
      } catch (UndecodableException e) {
        throw e.about(envelope.context()).about(envelope.data());
      }
    } catch (UndecodableException e) {
      return e.toResult();
    }
  }

  private Event<T> read(Envelope envelope, byte @Nullable [] value, Instant recordTime)
      throws UndecodableException {
    Context context = Context.read(envelope.context(), types.keySet(), recordTime);
    Class<? extends T> message = types.get(context.type());
    if (message == null) {
      throw new IllegalStateException("the context was read with the same types");
    }
    if (JobCommand.class.isAssignableFrom(message)) {
      requireSize(envelope.data(), value == null ? 0 : value.length);
    }
    T data = DataReader.read(withJobId(envelope.data(), context), message);
    if (!data.type().equals(context.type())) {
      throw new UndecodableException(
          Decoded.Reason.INVALID_DATA,
          new Problem("data", "tells " + data.type(), "data of " + context.type()));
    }
    return new Event<>(context.id(), context.source(), context.time(), data);
  }

  private static void requireSize(JsonNode data, int recordBytes) throws UndecodableException {
    if (recordBytes <= Topics.MAX_REQUEST_BYTES) {
      return; // Data is never larger than the record that it came in.
    }
    int bytes = DataSize.of(data);
    if (bytes > Topics.MAX_REQUEST_BYTES) {
      throw new UndecodableException(
          Decoded.Reason.TOO_LARGE,
          new Problem(
              "data",
              "has " + bytes + " bytes as JSON without blanks",
              "at most " + Topics.MAX_REQUEST_BYTES + " bytes"));
    }
  }

  private static JsonNode withJobId(JsonNode data, Context context) {
    if (context.type().equals(JobRequested.TYPE)
        && data instanceof ObjectNode object
        && !object.hasNonNull("jobId")) {
      JobId derived = JobId.derivedFrom(context.source().toString(), context.id().value());
      return object.deepCopy().put("jobId", derived.value());
    }
    return data;
  }
}
