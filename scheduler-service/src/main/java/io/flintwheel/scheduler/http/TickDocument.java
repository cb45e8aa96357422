package io.flintwheel.scheduler.http;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.scheduler.tick.TickOutcome;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What ticks look like in answers, for the OpenAPI document; {@link ScheduleDocuments} writes them.
 */
@Schema(
    name = "Tick",
    requiredProperties = {"nominalTime", "kind", "outcome", "decidedAt"})
record TickDocument(
    Instant nominalTime,
    TickKind kind,
    TickOutcome outcome,
    @Schema(description = "Why it requested no job") @Nullable DropReason reason,
    @Schema(description = "For how many ticks this one stands that requested no job")
        @Nullable Integer count,
    @Schema(description = "There were more than were counted") @Nullable Boolean countIsMinimum,
    @Schema(description = "The last one of those that it stands for") @Nullable Instant until,
    Instant decidedAt,
    @Schema(type = SchemaType.STRING, description = "The job that it requested")
        @Nullable JobId jobId,
    @Nullable Links links) {

  /** Where the job is seen. */
  @Schema(name = "TickLinks", description = "There when the status service's address is configured")
  record Links(String job) {}

  /** A page of ticks. */
  @Schema(
      name = "TickPage",
      requiredProperties = {"id", "ticks"})
  record Page(
      ScheduleId id,
      List<TickDocument> ticks,
      @Schema(description = "Absent on the last page") @Nullable String nextCursor) {}

  /** Ticks to come. */
  @Schema(
      name = "Preview",
      requiredProperties = {"id", "timeZone", "paused", "ticks"})
  record Preview(ScheduleId id, String timeZone, boolean paused, List<Coming> ticks) {}

  /** A tick to come. */
  @Schema(
      name = "ComingTick",
      requiredProperties = {"nominalTime", "local", "jobId"})
  record Coming(
      Instant nominalTime,
      @Schema(
              description = "The same in the schedule's time zone",
              examples = "2030-01-01T01:00:00+01:00")
          String local,
      JobId jobId) {}

  /** A job that was asked for now. */
  @Schema(
      name = "Triggered",
      requiredProperties = {"jobId", "scheduleId", "nominalTime", "kind"})
  record Triggered(
      JobId jobId,
      ScheduleId scheduleId,
      Instant nominalTime,
      TickKind kind,
      @Nullable Links links) {}
}
