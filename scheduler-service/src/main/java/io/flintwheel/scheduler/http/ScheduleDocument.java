package io.flintwheel.scheduler.http;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule looks like to clients, for the OpenAPI document; {@link ScheduleRequests} reads
 * it, so that every problem can be told with its path.
 */
@Schema(name = "Schedule")
record ScheduleDocument(
    @Schema(pattern = "[a-z]([-a-z0-9]{0,25}[a-z0-9])?", examples = "nightly") String id,
    List<Spec> specs,
    @Schema(description = "IANA time zone; UTC when not given", examples = "Europe/Madrid")
        @Nullable String timeZone,
    Job job) {

  /** Exactly one of cron, every and at. */
  record Spec(
      @Schema(description = "Five fields or a macro", examples = "*/5 * * * *")
          @Nullable String cron,
      @Schema(description = "ISO-8601 duration, aligned to the epoch", examples = "PT20S")
          @Nullable String every,
      @Schema(description = "Shift of every", examples = "PT5S") @Nullable String phase,
      @Schema(description = "RFC 3339 instant", examples = "2030-01-01T00:00:00Z")
          @Nullable String at) {}

  /** The job that each tick requests. */
  record Job(
      @Nullable String namespace,
      @Nullable Map<String, String> labels,
      @Schema(description = "A v1beta2 SparkApplicationSpec") Object spec) {}
}
