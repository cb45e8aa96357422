package io.flintwheel.status.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.JobId;
import io.flintwheel.status.progress.DriverProgress;
import io.flintwheel.status.projection.JobFilter;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.RecordedEvent;
import io.flintwheel.status.projection.StoreUnavailable;
import io.flintwheel.status.projection.StoredJob;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Jobs and their timelines. */
@Path("/api/v1/jobs")
@Produces({MediaType.APPLICATION_JSON, ProblemDetails.MEDIA_TYPE})
@Blocking
public class JobsResource {

  private static final int MOST_EVENTS = 1000;

  private final JobQueries jobs;
  private final KnownJobs known;
  private final DriverProgress progress;

  JobsResource(JobQueries jobs, KnownJobs known, DriverProgress progress) {
    this.jobs = jobs;
    this.known = known;
    this.progress = progress;
  }

  /** A page of jobs; {@code nextCursor} is absent on the last one. */
  public record Page(List<JobDocument> jobs, @Nullable String nextCursor) {}

  /** A part of a job's timeline; {@code nextAfter} is absent on the last one. */
  public record Timeline(List<RecordedEvent> events, @Nullable Long nextAfter) {}

  @GET
  @Operation(summary = "Jobs, newest first, one page")
  @APIResponse(responseCode = "200", description = "As it is now")
  public Page list(
      @RestQuery List<String> state,
      @RestQuery @Nullable String namespace,
      @RestQuery @Nullable String schedule,
      @RestQuery List<String> label,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor)
      throws StoreUnavailable {
    JobFilter filter = FilterParameters.read(state, namespace, schedule, label, limit, cursor);
    // One more than asked for tells whether there is another page.
    List<StoredJob> found = jobs.page(filter.withLimit(filter.limit() + 1));
    List<StoredJob> page = first(filter.limit(), found);
    return new Page(
        page.stream().map(job -> JobDocument.of(job, progress.lastKnown(job.job()))).toList(),
        page.size() < found.size() ? Cursor.of(page.get(page.size() - 1).created()) : null);
  }

  @GET
  @Path("{jobId}")
  @Operation(summary = "One job with all its attempts")
  @APIResponse(responseCode = "200", description = "As it is now")
  public JobDocument get(@RestPath String jobId) throws StoreUnavailable {
    StoredJob job = known.get(jobId);
    return JobDocument.of(job, progress.of(job.job()));
  }

  @GET
  @Path("{jobId}/events")
  @Operation(
      summary = "What was told about a job, in the order in which it was recorded",
      description = "At most 1000 events; nextAfter, as after, gives those that follow.")
  @APIResponse(responseCode = "200", description = "As it is now")
  public Timeline events(@RestPath String jobId, @RestQuery Optional<String> after)
      throws StoreUnavailable {
    JobId id = known.get(jobId).job().jobId();
    long from = FilterParameters.number("after", after.orElse("0"), 0, Long.MAX_VALUE);
    List<RecordedEvent> found = jobs.events(id, from, MOST_EVENTS + 1);
    List<RecordedEvent> events = first(MOST_EVENTS, found);
    return new Timeline(
        events, events.size() < found.size() ? events.get(events.size() - 1).seq() : null);
  }

  private static <T> List<T> first(int count, List<T> all) {
    return all.subList(0, Math.min(count, all.size()));
  }
}
