package io.flintwheel.scheduler.http;

import io.flintwheel.events.http.ProblemDetails;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The ticks of a schedule over HTTP: those that were and those to come. */
@Path(ScheduleDocuments.PATH)
@Produces({MediaType.APPLICATION_JSON, ProblemDetails.MEDIA_TYPE})
@Tag(name = "schedules")
public class TickResource {

  private static final int PREVIEW = 10;
  static final int MOST_PREVIEW = 1000;

  private final ScheduleQueries queries;

  TickResource(ScheduleQueries queries) {
    this.queries = queries;
  }

  @GET
  @Path("{id}/ticks")
  @Operation(summary = "What became of a schedule's ticks, newest first, by pages")
  @APIResponse(
      responseCode = "200",
      description = "One page",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TickDocument.Page.class)))
  public Response ticks(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    return Answers.json(
        queries.ticks(
            ScheduleRequests.pathId(id),
            TickCursor.read(cursor),
            ScheduleRequests.number(
                limit, "limit", ScheduleQueries.PAGE, ScheduleQueries.MOST_PAGE)));
  }

  @GET
  @Path("{id}/preview")
  @Operation(summary = "The next n ticks of a schedule")
  @APIResponse(
      responseCode = "200",
      description = "The ticks",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TickDocument.Preview.class)))
  public Response preview(@PathParam("id") String id, @QueryParam("n") @Nullable String n) {
    return Answers.json(
        queries.preview(
            ScheduleRequests.pathId(id), ScheduleRequests.number(n, "n", PREVIEW, MOST_PREVIEW)));
  }
}
