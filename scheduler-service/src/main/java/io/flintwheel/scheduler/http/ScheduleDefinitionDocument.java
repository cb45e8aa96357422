package io.flintwheel.scheduler.http;

import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.schedule.ScheduleId;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule looks like when it is sent, for the OpenAPI document; {@link ScheduleRequests}
 * reads it, so that every problem can be told with its path.
 */
@Schema(
    name = "ScheduleDefinition",
    requiredProperties = {"specs", "job"})
record ScheduleDefinitionDocument(
    @Schema(
            type = SchemaType.STRING,
            description = "Needed to create a schedule; a change has it in its path")
        @Nullable ScheduleId id,
    @Schema(minItems = 1, maxItems = 100) List<Spec> specs,
    @Schema(description = "IANA time zone; UTC when not given", examples = "Europe/Madrid")
        @Nullable String timeZone,
    Job job) {

  /** When it is due. */
  @Schema(description = "Exactly one of cron, every and at")
  record Spec(
      @Schema(description = "Five fields or a macro", examples = "*/5 * * * *")
          @Nullable String cron,
      @Schema(description = "ISO-8601 duration, aligned to the epoch", examples = "PT20S")
          @Nullable String every,
      @Schema(description = "Shift of every", examples = "PT5S") @Nullable String phase,
      @Schema(description = "RFC 3339 instant", examples = "2030-01-01T00:00:00Z")
          @Nullable String at) {}

  /** The job that each tick requests. */
  @Schema(requiredProperties = "spec")
  record Job(
      @Schema(
              description = "Where the pods are made",
              defaultValue = JobRequested.DEFAULT_NAMESPACE)
          @Nullable String namespace,
      @Schema(description = "Put on the pods, and searchable at the status service")
          @Nullable Map<String, String> labels,
      @Schema(
              type = SchemaType.OBJECT,
              description =
                  "A v1beta2 SparkApplicationSpec, as the JSON Schema of "
                      + JobRequested.TYPE
                      + " has it")
          Map<String, Object> spec) {}
}
