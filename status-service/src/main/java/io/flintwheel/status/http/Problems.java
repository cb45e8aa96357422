package io.flintwheel.status.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import io.flintwheel.status.logs.LogUnavailable;
import io.flintwheel.status.projection.StoreUnavailable;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error as a problem document; what went wrong inside stays in the log. */
@Singleton
public class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final String RETRY_SECONDS = "2";
  private static final String ALLOWED = "GET, HEAD, OPTIONS";
  private static final String ANSWERED =
      "application/json; text/event-stream of a stream; text/plain of a log";
  private static final String DESCRIPTION = "the API is described at /q/openapi";

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final ObjectMapper json;

  Problems(ObjectMapper json) {
    this.json = json;
  }

  @ServerExceptionMapper
  public Response refused(Refused e) {
    return response(e.problem()).build();
  }

  @ServerExceptionMapper
  public Response unavailable(StoreUnavailable e) {
    LOG.debug("the database cannot be asked");
    return unavailable("the database of the status service cannot be reached");
  }

  @ServerExceptionMapper
  public Response unavailable(LogUnavailable e) {
    LOG.debug("a log cannot be read", e);
    return unavailable(e.reason());
  }

  @ServerExceptionMapper
  public Response notFound(NotFoundException e) {
    return response(
            ProblemDetails.of(
                404,
                new Problem("", "there is nothing here; " + DESCRIPTION, "a path of /q/openapi")))
        .build();
  }

  /** Nothing here is written, so that all resources allow the same. */
  @ServerExceptionMapper
  public Response notAllowed(NotAllowedException e) {
    return response(
            ProblemDetails.of(
                405, new Problem("", "only GET is allowed; " + DESCRIPTION, "one of " + ALLOWED)))
        .header(HttpHeaders.ALLOW, ALLOWED)
        .build();
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    if (status.getFamily() == Response.Status.Family.SUCCESSFUL) {
      return e.getResponse();
    }
    return response(ProblemDetails.of(status.getStatusCode(), status.getReasonPhrase())).build();
  }

  @ServerExceptionMapper
  public Response notAcceptable(NotAcceptableException e) {
    return response(
            ProblemDetails.of(
                406,
                new Problem(
                    HttpHeaders.ACCEPT,
                    "nothing of what it asks for can be answered here; " + DESCRIPTION,
                    ANSWERED)))
        .build();
  }

  /**
   * Whatever it is: nothing else may answer, for it would tell of the inside.
   *
   * @throws IOException when the answer has begun: a response would be written behind what there
   *     is, and only a connection that breaks says that it is not whole
   */
  @ServerExceptionMapper
  public Response unexpected(Throwable e, RoutingContext context) throws IOException {
    if (!context.response().headWritten()) {
      LOG.error("request failed", e);
      return response(ProblemDetails.of(500, "the log of the service tells why")).build();
    }
    breakOff(context.request().connection());
    if (e instanceof IOException broken) {
      LOG.debug("an answer broke off; most often its reader has left", broken);
      throw broken;
    }
    LOG.error("request failed in the middle of its answer", e);
    throw new IOException("the answer has begun and cannot be finished", e);
  }

  /** Waits, because what the framework writes meanwhile would make the answer look whole. */
  private static void breakOff(HttpConnection connection) {
    CompletableFuture<Void> closed = connection.close().toCompletionStage().toCompletableFuture();
    if (Context.isOnWorkerThread()) {
      try {
        closed.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("a connection does not close", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Response unavailable(String detail) {
    return response(ProblemDetails.of(503, new Problem("", detail, "the same request, later")))
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }

  /** As text, because a resource that writes text has had its say on how objects are written. */
  private Response.ResponseBuilder response(ProblemDetails details) {
    return Response.status(details.status())
        .type(ProblemDetails.MEDIA_TYPE)
        .entity(ProblemBody.of(details, json));
  }
}
