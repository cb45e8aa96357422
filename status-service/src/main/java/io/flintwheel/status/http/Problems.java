package io.flintwheel.status.http;

import io.flintwheel.status.logs.LogUnavailable;
import io.flintwheel.status.projection.StoreUnavailable;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error as a problem document; what went wrong inside stays in the log. */
public final class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final String DESCRIPTION = "the API is described at /q/openapi";

  @ServerExceptionMapper
  public Response refused(Refused e) {
    return e.problem().response();
  }

  @ServerExceptionMapper
  public Response unavailable(StoreUnavailable e) {
    LOG.debug("the database cannot be asked");
    return ProblemDocument.unavailable("the database of the status service cannot be reached")
        .response();
  }

  @ServerExceptionMapper
  public Response unavailable(LogUnavailable e) {
    LOG.debug("a log cannot be read", e);
    return ProblemDocument.unavailable(e.reason()).response();
  }

  @ServerExceptionMapper
  public Response notFound(NotFoundException e) {
    return ProblemDocument.of(404, "Not found", "there is nothing here; " + DESCRIPTION).response();
  }

  /** Nothing here is written, so that all resources allow the same. */
  @ServerExceptionMapper
  public Response notAllowed(NotAllowedException e) {
    Response answer =
        ProblemDocument.of(405, "Method not allowed", "only GET is; " + DESCRIPTION).response();
    return Response.fromResponse(answer).header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS").build();
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    return ProblemDocument.of(
            status.getStatusCode(), status.getReasonPhrase(), status.getReasonPhrase())
        .response();
  }

  @ServerExceptionMapper
  public Response unexpected(RuntimeException e) {
    LOG.error("request failed", e);
    return ProblemDocument.of(500, "Internal Server Error", "the log of the service tells why")
        .response();
  }
}
