package io.flintwheel.status.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.status.job.Attempt;
import io.flintwheel.status.job.Job;
import io.flintwheel.status.logs.DriverContainer;
import io.flintwheel.status.logs.JobLog;
import io.flintwheel.status.logs.JobLogs;
import io.flintwheel.status.logs.LogUnavailable;
import io.flintwheel.status.projection.StoreUnavailable;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What a job's driver wrote. */
@Path("/api/v1/jobs")
@Blocking
public class LogsResource {

  static final int MOST_LINES = 30_000;
  private static final String CUT = "flintwheel-log-cut";
  private static final String INCOMPLETE = "flintwheel-log-incomplete";
  private static final String CONTAINER = "spark-kubernetes-driver";

  private final KnownJobs known;
  private final JobLogs logs;
  private final RoutingContext request;

  LogsResource(KnownJobs known, JobLogs logs, RoutingContext request) {
    this.known = known;
    this.logs = logs;
    this.request = request;
  }

  @GET
  @Path("{jobId}/logs")
  @Produces({MediaType.TEXT_PLAIN + ";charset=UTF-8", ProblemDetails.MEDIA_TYPE})
  @Operation(
      summary = "The driver's log",
      description =
          "Its last mebibyte, from the pod while it exists and from what was kept of it afterwards;"
              + " the header flintwheel-log-cut: true says that the driver had written more before."
              + " The header flintwheel-log-incomplete: true says that the pod is gone, or cannot be asked"
              + " now, and that this was kept while the driver ran: it may have written more since,"
              + " and more than 2000 lines before."
              + " With follow=true the answer ends when the driver does. As kubectl does, it answers at once that there"
              + " is no log (404) when the driver has not started; the job's stream tells when it"
              + " has. 503 while only the Kubernetes API could tell and does not answer.")
  @APIResponse(
      responseCode = "200",
      description = "The log",
      headers = {
        @Header(
            name = CUT,
            description = "true when the driver had written more before",
            schema = @Schema(type = SchemaType.BOOLEAN)),
        @Header(
            name = INCOMPLETE,
            description = "true when the driver may have written more, before and since",
            schema = @Schema(type = SchemaType.BOOLEAN))
      },
      content =
          @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)))
  public Response get(
      @RestPath String jobId,
      @RestQuery @Nullable String attempt,
      @RestQuery @Nullable String tail,
      @RestQuery @Nullable String follow)
      throws StoreUnavailable, LogUnavailable {
    Job job = known.get(jobId).job();
    OptionalInt lines =
        tail == null
            ? OptionalInt.empty()
            : OptionalInt.of((int) FilterParameters.number("tail", tail, 1, MOST_LINES));
    boolean following = FilterParameters.flag("follow", follow);
    Attempt which = attempt(job, attempt);
    PodRef driver = which.driver();
    if (driver == null) {
      throw noLog(job, which);
    }
    DriverContainer container =
        new DriverContainer(
            job.jobId(), which.number(), job.namespace(), driver.name(), driver.uid(), CONTAINER);
    JobLog log =
        logs.open(container, which.end() != null, lines, following)
            .orElseThrow(() -> noLog(job, which));
    // A log may be silent for hours after the one who followed it has left.
    request.addEndHandler(ended -> close(log.content()));
    StreamingOutput content = out -> copy(log.content(), out);
    Response.ResponseBuilder answer = Response.ok(content);
    if (log.cut()) {
      answer.header(CUT, true);
    }
    if (log.incomplete()) {
      answer.header(INCOMPLETE, true);
    }
    return answer.build();
  }

  private static Attempt attempt(Job job, @Nullable String number) {
    if (number == null) {
      return job.currentAttempt();
    }
    int wanted = (int) FilterParameters.number("attempt", number, 1, Integer.MAX_VALUE);
    Attempt attempt = job.attempts().get(wanted);
    if (attempt == null) {
      throw Refused.notFound(
          "attempt",
          "job " + job.jobId() + " has no attempt " + wanted,
          "one of " + job.attempts().keySet());
    }
    return attempt;
  }

  private static Refused noLog(Job job, Attempt attempt) {
    return Refused.notFound(
        "attempt",
        "attempt %d of job %s is %s and has written no log"
            .formatted(attempt.number(), job.jobId(), attempt.state()),
        "an attempt whose driver has started");
  }

  private static void close(InputStream log) {
    try {
      log.close();
    } catch (IOException e) {
      // Nobody reads it any more.
    }
  }

  private static void copy(InputStream log, OutputStream out) throws IOException {
    try (log) {
      byte[] chunk = new byte[8192];
      int count = log.read(chunk);
      while (count >= 0) {
        out.write(chunk, 0, count);
        // A follower wants to see what there is, not what fills a buffer.
        if (log.available() == 0) {
          out.flush();
        }
        count = log.read(chunk);
      }
    }
  }
}
