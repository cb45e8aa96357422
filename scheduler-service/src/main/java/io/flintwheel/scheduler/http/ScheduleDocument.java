package io.flintwheel.scheduler.http;

import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.http.ScheduleDefinitionDocument.Job;
import io.flintwheel.scheduler.http.ScheduleDefinitionDocument.Spec;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule looks like in an answer, for the OpenAPI document; {@link ScheduleDocuments}
 * writes it.
 */
@Schema(
    name = "Schedule",
    requiredProperties = {
      "id",
      "specs",
      "timeZone",
      "job",
      "revision",
      "version",
      "paused",
      "createdAt",
      "updatedAt",
      "links"
    })
record ScheduleDocument(
    ScheduleId id,
    List<Spec> specs,
    String timeZone,
    Job job,
    @Schema(description = "Counts the definitions, from 1") long revision,
    @Schema(description = "Counts the changes, pauses among them, from 1; the ETag") long version,
    boolean paused,
    @Schema(description = "Absent while it is paused, or when there will be none")
        @Nullable Instant nextTick,
    @Schema(description = "Why the stored definition cannot be read; a new one mends it")
        @Nullable String trouble,
    Instant createdAt,
    Instant updatedAt,
    Links links,
    @Schema(
            description =
                "What was taken and will do nothing, such as unknown fields; of changes only")
        @Nullable List<Problem> warnings) {

  /** Where more is told. */
  @Schema(
      name = "ScheduleLinks",
      requiredProperties = {"self", "ticks", "preview"})
  record Links(
      String self,
      String ticks,
      String preview,
      @Schema(description = "At the status service, when its address is configured")
          @Nullable String jobs) {}

  /** A page of schedules. */
  @Schema(name = "SchedulePage", requiredProperties = "schedules")
  record Page(
      List<ScheduleDocument> schedules,
      @Schema(description = "Absent on the last page") @Nullable String nextCursor) {}
}
