package io.flintwheel.scheduler.http;

import io.flintwheel.events.EventId;
import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.control.ScheduleControl;
import io.flintwheel.scheduler.database.Work;
import io.flintwheel.scheduler.idempotency.Answer;
import io.flintwheel.scheduler.idempotency.IdempotencyKeys;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is done to a schedule over HTTP: pause, resume, trigger. */
@Path(ScheduleDocuments.PATH)
@Produces({MediaType.APPLICATION_JSON, ProblemDetails.MEDIA_TYPE})
@Tag(name = "schedules")
public class ScheduleActionResource {

  private static final int OK = 200;

  private final ScheduleControl control;
  private final IdempotencyKeys idempotency;
  private final Answers answers;

  ScheduleActionResource(ScheduleControl control, IdempotencyKeys idempotency, Answers answers) {
    this.control = control;
    this.idempotency = idempotency;
    this.answers = answers;
  }

  @POST
  @Path("{id}/pause")
  @Operation(summary = "Stop the ticks of a schedule")
  @APIResponse(
      responseCode = "200",
      description = "The schedule as it is now",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ScheduleDocument.class)))
  public Response pause(
      @PathParam("id") String id,
      @Parameter(description = Answers.IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey,
      @RequestBody(description = ApiDocument.NO_BODY) @Nullable InputStream body) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    ScheduleRequests.nothing(body);
    return once(
        idempotencyKey,
        EventId.digest("pause", scheduleId),
        connection -> answers.shown(OK, control.pause(connection, scheduleId), List.of()));
  }

  @POST
  @Path("{id}/resume")
  @Operation(summary = "Go on with the ticks after now; those of the pause are not caught up")
  @APIResponse(
      responseCode = "200",
      description = "The schedule as it is now",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ScheduleDocument.class)))
  public Response resume(
      @PathParam("id") String id,
      @Parameter(description = Answers.IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey,
      @RequestBody(description = ApiDocument.NO_BODY) @Nullable InputStream body) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    ScheduleRequests.nothing(body);
    return once(
        idempotencyKey,
        EventId.digest("resume", scheduleId),
        connection -> answers.shown(OK, control.resume(connection, scheduleId), List.of()));
  }

  @POST
  @Path("{id}/trigger")
  @Operation(summary = "Run the schedule's job once, now")
  @APIResponse(
      responseCode = "202",
      description = "The job is requested; its id and where it will be seen",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TickDocument.Triggered.class)))
  public Response trigger(
      @PathParam("id") String id,
      @Parameter(description = Answers.IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey,
      @RequestBody(description = ApiDocument.NO_BODY) @Nullable InputStream body) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    ScheduleRequests.nothing(body);
    return once(
        idempotencyKey,
        EventId.digest("trigger", scheduleId),
        connection -> answers.triggered(control.trigger(connection, scheduleId)));
  }

  private Response once(@Nullable String key, String request, Work<Answer> work) {
    return Answers.response(idempotency.once(ScheduleRequests.idempotencyKey(key), request, work))
        .build();
  }
}
