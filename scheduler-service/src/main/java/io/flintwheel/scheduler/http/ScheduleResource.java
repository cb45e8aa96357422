package io.flintwheel.scheduler.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventId;
import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.control.ControlResult;
import io.flintwheel.scheduler.control.ControlResult.Deleted;
import io.flintwheel.scheduler.control.ControlResult.Done;
import io.flintwheel.scheduler.control.ControlResult.Triggered;
import io.flintwheel.scheduler.control.ScheduleControl;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.Work;
import io.flintwheel.scheduler.http.ScheduleRequests.Request;
import io.flintwheel.scheduler.idempotency.Answer;
import io.flintwheel.scheduler.idempotency.IdempotencyKeys;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleRow;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Schedules over HTTP. */
@Path(ScheduleDocuments.PATH)
@Produces({MediaType.APPLICATION_JSON, ProblemDetails.MEDIA_TYPE})
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
@Tag(name = "schedules")
@APIResponse(
    responseCode = "default",
    description = "What is wrong, where, and what would be right (RFC 9457)",
    content =
        @Content(
            mediaType = ProblemDetails.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemDetails.class)))
public class ScheduleResource {

  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int MALFORMED = 400;
  private static final int PAGE = 50;
  private static final int MOST_PAGE = 500;
  private static final int PREVIEW = 10;
  private static final int MOST_PREVIEW = 1000;
  private static final String IDEMPOTENCY_KEY =
      "1 to 255 characters. The same request with the same key is done once and answered the same;"
          + " another request with that key is answered 422";
  private static final String IF_MATCH =
      "The ETag of the schedule as you know it; 412 when it was changed since";

  private final Database database;
  private final ScheduleControl control;
  private final ScheduleQueries queries;
  private final ScheduleRequests requests;
  private final ScheduleDocuments documents;
  private final IdempotencyKeys idempotency;

  ScheduleResource(
      Database database,
      ScheduleControl control,
      ScheduleQueries queries,
      ScheduleRequests requests,
      ScheduleDocuments documents,
      IdempotencyKeys idempotency) {
    this.database = database;
    this.control = control;
    this.queries = queries;
    this.requests = requests;
    this.documents = documents;
    this.idempotency = idempotency;
  }

  @POST
  @Operation(summary = "Create a schedule; 409 when its id is taken")
  @APIResponse(
      responseCode = "201",
      description = "Created; Location is the schedule",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ScheduleDocument.class)))
  public Response create(
      @Parameter(description = IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey,
      @RequestBody(content = @Content(schema = @Schema(implementation = ScheduleDocument.class)))
          @Nullable String body) {
    Optional<String> key = ScheduleRequests.idempotencyKey(idempotencyKey);
    Request request = requests.read(body);
    ScheduleId id =
        request
            .id()
            .orElseThrow(
                () ->
                    new ProblemException(
                        MALFORMED, "id", "is missing", "matches " + ScheduleId.PATTERN));
    Answer answer =
        idempotency.once(
            key,
            EventId.digest("create", id, request.definition().toJson()),
            connection ->
                shown(
                    CREATED,
                    control.create(connection, id, request.definition()),
                    request.warnings()));
    return response(answer).location(URI.create(ScheduleDocuments.PATH + "/" + id)).build();
  }

  @GET
  @Operation(summary = "Schedules in the order of their ids, by pages")
  @APIResponse(responseCode = "200", description = "One page")
  public Response list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    return json(
        queries.schedules(
            ScheduleRequests.cursor(cursor),
            ScheduleRequests.number(limit, "limit", PAGE, MOST_PAGE)));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A schedule")
  @APIResponse(
      responseCode = "200",
      description = "The schedule",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ScheduleDocument.class)))
  public Response get(@PathParam("id") String id) {
    ScheduleRow row = queries.schedule(ScheduleRequests.pathId(id));
    return response(new Answer(OK, documents.schedule(row).toString(), etag(row.version())))
        .build();
  }

  @PUT
  @Path("{id}")
  @Operation(summary = "Give a schedule another definition, for the ticks after now; a pause stays")
  @APIResponse(
      responseCode = "200",
      description = "The schedule as it is now; 412 when If-Match is of another version",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ScheduleDocument.class)))
  public Response update(
      @PathParam("id") String id,
      @Parameter(description = IF_MATCH) @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = ScheduleDocument.class)))
          @Nullable String body) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    Request request = requests.read(body);
    if (request.id().isPresent() && !request.id().get().equals(scheduleId)) {
      throw new ProblemException(
          MALFORMED, "id", "differs from the id in the path", scheduleId.value());
    }
    Optional<Long> version = ScheduleRequests.version(ifMatch);
    return response(
            database.inTransaction(
                connection ->
                    shown(
                        OK,
                        control.update(connection, scheduleId, request.definition(), version),
                        request.warnings())))
        .build();
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "End a schedule; the history of its ticks stays")
  @APIResponse(responseCode = "204", description = "Ended; 412 when If-Match is of another version")
  public Response delete(
      @PathParam("id") String id,
      @Parameter(description = IF_MATCH) @HeaderParam("If-Match") @Nullable String ifMatch) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    Optional<Long> version = ScheduleRequests.version(ifMatch);
    database.inTransaction(
        connection -> done(control.delete(connection, scheduleId, version), Deleted.class));
    return Response.noContent().build();
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
      @Parameter(description = IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    return once(
        idempotencyKey,
        EventId.digest("pause", scheduleId),
        connection -> shown(OK, control.pause(connection, scheduleId), List.of()));
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
      @Parameter(description = IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    return once(
        idempotencyKey,
        EventId.digest("resume", scheduleId),
        connection -> shown(OK, control.resume(connection, scheduleId), List.of()));
  }

  @POST
  @Path("{id}/trigger")
  @Operation(summary = "Run the schedule's job once, now")
  @APIResponse(
      responseCode = "202",
      description = "The job is requested; its id and where it will be seen")
  public Response trigger(
      @PathParam("id") String id,
      @Parameter(description = IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    return once(
        idempotencyKey,
        EventId.digest("trigger", scheduleId),
        connection -> triggered(control.trigger(connection, scheduleId)));
  }

  @GET
  @Path("{id}/ticks")
  @Operation(summary = "What became of a schedule's ticks, newest first, by pages")
  @APIResponse(responseCode = "200", description = "One page")
  public Response ticks(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    return json(
        queries.ticks(
            ScheduleRequests.pathId(id),
            TickCursor.read(cursor),
            ScheduleRequests.number(limit, "limit", PAGE, MOST_PAGE)));
  }

  @GET
  @Path("{id}/preview")
  @Operation(summary = "The next n ticks of a schedule")
  @APIResponse(responseCode = "200", description = "The ticks")
  public Response preview(@PathParam("id") String id, @QueryParam("n") @Nullable String n) {
    return json(
        queries.preview(
            ScheduleRequests.pathId(id), ScheduleRequests.number(n, "n", PREVIEW, MOST_PREVIEW)));
  }

  private Response once(@Nullable String key, String request, Work<Answer> work) {
    return response(idempotency.once(ScheduleRequests.idempotencyKey(key), request, work)).build();
  }

  private Answer shown(int status, ControlResult result, List<Problem> warnings) {
    Schedule schedule = done(result, Done.class).schedule();
    return new Answer(
        status,
        documents.schedule(ScheduleRow.of(schedule), warnings).toString(),
        etag(schedule.version()));
  }

  private Answer triggered(ControlResult result) {
    return new Answer(
        ACCEPTED, documents.triggered(done(result, Triggered.class).tick()).toString(), null);
  }

  /** A refusal is thrown, so that nothing of its transaction stays. */
  private static <T extends ControlResult> T done(ControlResult result, Class<T> wanted) {
    if (wanted.isInstance(result)) {
      return wanted.cast(result);
    }
    throw Refusals.of(result);
  }

  private static String etag(long version) {
    return "\"" + version + "\"";
  }

  private static Response.ResponseBuilder response(Answer answer) {
    // A null value sends no header.
    return Response.status(answer.status())
        .type(MediaType.APPLICATION_JSON)
        .header("ETag", answer.etag())
        .entity(answer.body());
  }

  private static Response json(ObjectNode document) {
    return Response.ok(document.toString()).type(MediaType.APPLICATION_JSON).build();
  }
}
