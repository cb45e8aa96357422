package io.flintwheel.submitter.review;

import io.flintwheel.events.Event;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobRequested;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The request on its driver pod: the structured event, gzip, base64. From it alone the rest of a
 * half-made attempt is made, and the cluster alone tells what was asked for.
 *
 * <p>A pod's annotations have 256 KiB in all; a request has 128 KiB at most, so it fits even when
 * it does not compress.
 */
public final class RequestAnnotation {

  /** An annotation that somebody else wrote must not blow up the heap. */
  private static final int MAX_EVENT_BYTES = 512 * 1024;

  private static final EventCodec CODEC = new EventCodec();

  private RequestAnnotation() {}

  static String encode(Event<JobRequested> event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(document(event));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** The request; empty when the annotation holds none. */
  public static Optional<Event<JobRequested>> decode(String annotation) {
    byte[] document;
    try (GZIPInputStream gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(annotation)))) {
      document = gzip.readNBytes(MAX_EVENT_BYTES);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    Decoded decoded = CODEC.decode(new EventRecord(null, List.of(), document));
    return decoded instanceof Decoded.Message message
            && message.event().data() instanceof JobRequested request
        ? Optional.of(
            new Event<>(
                message.event().id(), message.event().source(), message.event().time(), request))
        : Optional.empty();
  }

  private static byte[] document(Event<JobRequested> event) {
    return Objects.requireNonNull(CODEC.encode(event, ContentMode.STRUCTURED).value());
  }
}
