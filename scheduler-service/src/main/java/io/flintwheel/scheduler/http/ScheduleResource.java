package io.flintwheel.scheduler.http;

import io.flintwheel.events.EventId;
import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.control.ControlResult.Deleted;
import io.flintwheel.scheduler.control.ScheduleControl;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.http.ScheduleRequests.Request;
import io.flintwheel.scheduler.idempotency.Answer;
import io.flintwheel.scheduler.idempotency.IdempotencyKeys;
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
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Schedules over HTTP: what they are. */
@Path(ScheduleDocuments.PATH)
@Produces({MediaType.APPLICATION_JSON, ProblemDetails.MEDIA_TYPE})
@Tag(name = "schedules")
public class ScheduleResource {

  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int MALFORMED = 400;
  private static final String IF_MATCH =
      "The ETag of the schedule as you know it; 412 when it was changed since";

  private final Database database;
  private final ScheduleControl control;
  private final ScheduleQueries queries;
  private final ScheduleRequests requests;
  private final IdempotencyKeys idempotency;
  private final Answers answers;

  ScheduleResource(
      Database database,
      ScheduleControl control,
      ScheduleQueries queries,
      ScheduleRequests requests,
      IdempotencyKeys idempotency,
      Answers answers) {
    this.database = database;
    this.control = control;
    this.queries = queries;
    this.requests = requests;
    this.idempotency = idempotency;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Create a schedule; 409 when its id is taken")
  @APIResponse(
      responseCode = "201",
      description = "Created; Location is the schedule",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ScheduleDocument.class)))
  public Response create(
      @Parameter(description = Answers.IDEMPOTENCY_KEY) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey,
      @RequestBody(
              content =
                  @Content(schema = @Schema(implementation = ScheduleDefinitionDocument.class)))
          @Nullable InputStream body) {
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
                answers.shown(
                    CREATED,
                    control.create(connection, id, request.definition()),
                    request.warnings()));
    return Answers.response(answer).location(URI.create(ScheduleDocuments.PATH + "/" + id)).build();
  }

  @GET
  @Operation(summary = "Schedules in the order of their ids, by pages")
  @APIResponse(
      responseCode = "200",
      description = "One page",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ScheduleDocument.Page.class)))
  public Response list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    return Answers.json(
        queries.schedules(
            ScheduleRequests.cursor(cursor),
            ScheduleRequests.number(
                limit, "limit", ScheduleQueries.PAGE, ScheduleQueries.MOST_PAGE)));
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
    return Answers.response(answers.shown(row)).build();
  }

  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
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
      @RequestBody(
              content =
                  @Content(schema = @Schema(implementation = ScheduleDefinitionDocument.class)))
          @Nullable InputStream body) {
    ScheduleId scheduleId = ScheduleRequests.pathId(id);
    Request request = requests.read(body);
    if (request.id().isPresent() && !request.id().get().equals(scheduleId)) {
      throw new ProblemException(
          MALFORMED, "id", "differs from the id in the path", scheduleId.value());
    }
    Optional<Long> version = ScheduleRequests.version(ifMatch);
    return Answers.response(
            database.inTransaction(
                connection ->
                    answers.shown(
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
        connection -> Answers.done(control.delete(connection, scheduleId, version), Deleted.class));
    return Response.noContent().build();
  }
}
