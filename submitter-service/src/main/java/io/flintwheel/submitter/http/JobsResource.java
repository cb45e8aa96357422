package io.flintwheel.submitter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.SubmitterConfig;
import io.flintwheel.submitter.kafka.EventPublisher;
import io.flintwheel.submitter.review.RequestReviewer;
import io.flintwheel.submitter.review.Review;
import io.flintwheel.submitter.spark.DriverBuilder;
import io.flintwheel.submitter.spark.UnbuildableJobException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Jobs: asked for and cancelled here, seen at the status service. */
@Path("/api/v1/jobs")
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobsResource {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final EventPublisher publisher;
  private final RequestReviewer reviewer;
  private final DriverBuilder builder;
  private final IdempotencyKeys keys;
  private final Clock clock;
  private final URI source;
  private final String jobs;

  JobsResource(
      EventPublisher publisher,
      RequestReviewer reviewer,
      DriverBuilder builder,
      IdempotencyKeys keys,
      SubmitterConfig config,
      Clock clock) {
    this.publisher = publisher;
    this.reviewer = reviewer;
    this.builder = builder;
    this.keys = keys;
    this.clock = clock;
    this.source = Event.source(config.cluster(), "submitter");
    this.jobs = config.statusUrl().toString().replaceAll("/+$", "") + "/api/v1/jobs/";
  }

  /** Publishes a job request. */
  @POST
  @Consumes({
    MediaType.APPLICATION_JSON,
    RequestBody.YAML,
    RequestBody.X_YAML,
    RequestBody.TEXT_YAML
  })
  @Operation(
      summary = "Ask for a job",
      description =
          "Body: jobId (derived when absent), namespace (default `default`), labels, and spec, a"
              + " v1beta2 SparkApplicationSpec. With an Idempotency-Key, asking again is the same"
              + " job; another request under the same key is 422 while the service remembers the key"
              + " (the last 10,000 of its process).")
  @APIResponse(
      responseCode = "202",
      description = "The request is durable in Kafka; Location is the job at the status service",
      content = @Content(schema = @Schema(implementation = JobAnswer.class)))
  @APIResponse(responseCode = "400", description = "Not a request: problem+json names the field")
  @APIResponse(responseCode = "413", description = "More than 128 KiB")
  @APIResponse(responseCode = "422", description = "Not supported or not allowed here")
  @APIResponse(responseCode = "503", description = "Kafka did not confirm in time")
  public Response request(
      @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @org.eclipse.microprofile.openapi.annotations.parameters.RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = JobEnvelope.class)))
          InputStream body)
      throws IOException {
    ObjectNode document = RequestBody.read(body.readNBytes(RequestBody.MAX_BYTES + 1), contentType);
    EventId given = key == null ? new EventId(UUID.randomUUID().toString()) : eventId(key);
    if (!document.hasNonNull("jobId")) {
      document.put("jobId", JobId.derivedFrom(source.toString(), given.value()).value());
    }
    JobRequested request = requested(document);
    int size = EventCodec.dataSize(request);
    if (size > Topics.MAX_REQUEST_BYTES) {
      throw RequestBody.tooLarge("the request has " + size + " bytes");
    }
    // A key names one request of one job: for another job it must not be the same event.
    EventId id = key == null ? given : EventId.of(JobRequested.TYPE, request.jobId(), given);
    Event<JobRequested> event = new Event<>(id, source, Instant.now(clock), request);
    List<Problem> warnings = review(event);
    if (key != null && !keys.admit(given, request)) {
      throw ProblemException.refused(
          List.of(
              new Problem(
                  IDEMPOTENCY_KEY,
                  "the key was used for another request",
                  "a new key, or the same jobId, namespace, labels and spec as before")));
    }
    publish(event);
    return accepted(new JobAnswer(request.jobId(), request.namespace(), warnings, self(request)));
  }

  /** Publishes a request to cancel. */
  @DELETE
  @Path("/{jobId}")
  @Operation(
      summary = "Cancel a job",
      description =
          "Whatever it is doing; cancelling a job that has ended changes nothing. A job that is not"
              + " known is no error: its request may still be on its way, so it is 202 and the job"
              + " is told as cancelled.")
  @APIResponse(
      responseCode = "202",
      description = "The request to cancel is durable in Kafka",
      content = @Content(schema = @Schema(implementation = JobAnswer.class)))
  @APIResponse(responseCode = "400", description = "Not a job id, or a parameter that is wrong")
  @APIResponse(responseCode = "503", description = "Kafka did not confirm in time")
  public Response cancel(
      @PathParam("jobId") String jobId,
      @QueryParam("reason") @Nullable String reason,
      @HeaderParam(IDEMPOTENCY_KEY) @Nullable String key) {
    JobCancelRequested cancel = new JobCancelRequested(jobId(jobId), reason(reason));
    EventId id =
        key == null
            ? new EventId(UUID.randomUUID().toString())
            : EventId.of(JobCancelRequested.TYPE, jobId, eventId(key));
    publish(new Event<>(id, source, Instant.now(clock), cancel));
    return accepted(new JobAnswer(cancel.jobId(), null, List.of(), self(cancel)));
  }

  private List<Problem> review(Event<JobRequested> event) {
    Review review = reviewer.review(event);
    if (review instanceof Review.Refused refused) {
      throw ProblemException.refused(refused.problems());
    }
    Review.Admitted admitted = (Review.Admitted) review;
    try {
      builder.build(admitted.driver());
    } catch (UnbuildableJobException e) {
      throw ProblemException.refused(List.of(e.problem()));
    }
    return admitted.warnings();
  }

  private void publish(Event<? extends JobCommand> event) {
    try {
      publisher.publish(event).join();
    } catch (CompletionException e) {
      throw ProblemException.unavailable(
          "Kafka did not confirm the event, which may be published nevertheless; ask again with the"
              + " same jobId or Idempotency-Key");
    }
  }

  private URI location(JobId jobId) {
    return URI.create(jobs + jobId);
  }

  private Map<String, URI> self(JobCommand command) {
    return Map.of("self", location(command.jobId()));
  }

  private Response accepted(JobAnswer answer) {
    return Response.accepted(answer).location(location(answer.jobId())).build();
  }

  private static JobRequested requested(ObjectNode document) {
    try {
      return EventJson.mapper().treeToValue(document, JobRequested.class);
    } catch (JsonProcessingException e) {
      throw ProblemException.bad("", e.getOriginalMessage(), "a request as the schema says");
    }
  }

  private static JobId jobId(String jobId) {
    try {
      return JobId.parse(jobId);
    } catch (IllegalArgumentException e) {
      throw ProblemException.bad("jobId", String.valueOf(e.getMessage()), JobId.RULE);
    }
  }

  private static @Nullable String reason(@Nullable String reason) {
    int most = JobCancelRequested.MAX_REASON;
    if (reason != null && reason.length() > most) {
      throw ProblemException.bad(
          "reason", "has " + reason.length() + " characters", "at most " + most + " characters");
    }
    return reason;
  }

  private static EventId eventId(String key) {
    try {
      return new EventId(key);
    } catch (IllegalArgumentException e) {
      throw ProblemException.bad(
          IDEMPOTENCY_KEY, String.valueOf(e.getMessage()), "1 to 255 characters");
    }
  }
}
