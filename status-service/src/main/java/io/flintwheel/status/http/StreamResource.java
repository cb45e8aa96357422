package io.flintwheel.status.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flintwheel.status.progress.DriverProgress;
import io.flintwheel.status.projection.ChangeFeed;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;
import io.flintwheel.status.projection.StoredJob;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as they change, as server-sent events named {@code job}. The id of an event is the number of
 * the change; with {@code Last-Event-ID} a stream goes on after it, at whichever replica.
 */
@Path("/api/v1/jobs")
@Blocking
public class StreamResource {

  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final String EVENTS =
      "Events named job; the data of each is a JobDocument, its id the number of the change";

  private final JobQueries jobs;
  private final KnownJobs known;
  private final ChangeFeed feed;
  private final DriverProgress progress;
  private final StreamConfig config;
  private final ObjectMapper json;
  private final Clock clock;

  StreamResource(
      JobQueries jobs,
      KnownJobs known,
      ChangeFeed feed,
      DriverProgress progress,
      StreamConfig config,
      ObjectMapper json,
      Clock clock) {
    this.jobs = jobs;
    this.known = known;
    this.feed = feed;
    this.progress = progress;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "All jobs as they change; those that have not ended come first")
  @APIResponse(
      responseCode = "200",
      description = "Events, until the client leaves",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING, description = EVENTS)))
  public Multi<OutboundSseEvent> all(
      @Context Sse sse,
      @Context Request request,
      @HeaderParam(LAST_EVENT_ID) @Nullable String lastEventId)
      throws StoreUnavailable {
    OptionalLong last = lastEventId(lastEventId);
    return events(sse, request, new AllJobs(jobs, progress, last));
  }

  @GET
  @Path("{jobId}/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "One job as it changes, until it and its executors have ended")
  @APIResponse(
      responseCode = "200",
      description = "Events, until the job has ended",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING, description = EVENTS)))
  @APIResponse(
      responseCode = "204",
      description = "The job has ended and Last-Event-ID is its last: do not connect again")
  public Multi<OutboundSseEvent> one(
      @Context Sse sse,
      @Context Request request,
      @RestPath String jobId,
      @HeaderParam(LAST_EVENT_ID) @Nullable String lastEventId)
      throws StoreUnavailable {
    OptionalLong last = lastEventId(lastEventId);
    StoredJob job = known.get(jobId);
    if (job.job().state().isTerminal() && last.isPresent() && last.getAsLong() >= job.change()) {
      // 204 is how server-sent events say "do not connect again".
      throw new WebApplicationException(Response.noContent().build());
    }
    OneJob.Source source = new OneJob.Source(() -> jobs.find(job.job().jobId()), progress::of);
    return events(sse, request, new OneJob(source, last, config.settle(), clock));
  }

  /** Who asks for the head alone gets an end. */
  private Multi<OutboundSseEvent> events(Sse sse, Request request, Changes changes) {
    return request.getMethod().equals(HttpMethod.HEAD)
        ? Multi.createFrom().empty()
        : new JobStream(feed, config).events(sse, changes, this::text);
  }

  /** A number that is still to come is of a database that was there before this one. */
  private OptionalLong lastEventId(@Nullable String text) throws StoreUnavailable {
    long latest = jobs.latestChange();
    if (text == null || text.isBlank()) {
      return OptionalLong.empty();
    }
    long last = FilterParameters.number(LAST_EVENT_ID, text, 0, Long.MAX_VALUE);
    return last > latest ? OptionalLong.empty() : OptionalLong.of(last);
  }

  private String text(JobDocument job) {
    try {
      return json.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document of ours cannot be written as JSON", e);
    }
  }
}
