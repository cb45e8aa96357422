package io.flintwheel.status.projection;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in a job's timeline.
 *
 * @param seq grows with every event, over all jobs
 * @param time when the fact became true
 * @param recordedAt when it was stored
 * @param data the message; of a request without the specification, which may hold secrets
 */
public record RecordedEvent(
    long seq,
    String id,
    String source,
    String type,
    @Nullable Integer attempt,
    Instant time,
    Instant recordedAt,
    JsonNode data) {}
