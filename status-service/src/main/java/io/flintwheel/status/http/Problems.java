package io.flintwheel.status.http;

import io.flintwheel.events.http.ProblemDetails;
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
  private static final String RETRY_SECONDS = "2";
  private static final String DESCRIPTION = "the API is described at /q/openapi";

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
    return response(ProblemDetails.of(404, "there is nothing here; " + DESCRIPTION)).build();
  }

  /** Nothing here is written, so that all resources allow the same. */
  @ServerExceptionMapper
  public Response notAllowed(NotAllowedException e) {
    return response(ProblemDetails.of(405, "only GET is allowed; " + DESCRIPTION))
        .header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS")
        .build();
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    return response(ProblemDetails.of(status.getStatusCode(), status.getReasonPhrase())).build();
  }

  @ServerExceptionMapper
  public Response unexpected(RuntimeException e) {
    LOG.error("request failed", e);
    return response(ProblemDetails.of(500, "the log of the service tells why")).build();
  }

  private static Response unavailable(String detail) {
    return response(ProblemDetails.of(503, detail))
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }

  private static Response.ResponseBuilder response(ProblemDetails details) {
    return Response.status(details.status()).type(ProblemDetails.MEDIA_TYPE).entity(details);
  }
}
