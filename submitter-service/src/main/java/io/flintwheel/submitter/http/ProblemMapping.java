package io.flintwheel.submitter.http;

import io.flintwheel.submitter.Silenced;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as problem+json. */
class ProblemMapping {

  private static final Logger LOG = Logger.getLogger(ProblemMapping.class);
  private static final String RETRY_SECONDS = "5";

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    ProblemDetails details = e.details();
    Response.ResponseBuilder response =
        Response.status(details.status()).type(ProblemDetails.MEDIA_TYPE).entity(details);
    if (details.status() == ProblemKind.NOT_DURABLE.status()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return response.build();
  }

  /** Nobody foresaw it; the log has where, a caller is told nothing of the inside. */
  @ServerExceptionMapper
  Response problem(Throwable e) {
    LOG.error("a request was not served", Silenced.of(e));
    Response.Status status = Response.Status.INTERNAL_SERVER_ERROR;
    return Response.status(status)
        .type(ProblemDetails.MEDIA_TYPE)
        .entity(
            new ProblemDetails(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                "the service failed on this request; its log tells where",
                null,
                List.of()))
        .build();
  }

  /** Those of the framework, such as an unknown path or method. */
  @ServerExceptionMapper
  Response problem(WebApplicationException e, UriInfo uri) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    Response.ResponseBuilder response = Response.fromResponse(e.getResponse());
    if (status.getStatusCode() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
      // The framework does not say, and there are two paths.
      response.header(
          HttpHeaders.ALLOW, uri.getPath().matches("/?api/v1/jobs/?") ? "POST" : "DELETE");
    }
    return response
        .type(ProblemDetails.MEDIA_TYPE)
        .entity(
            new ProblemDetails(
                "about:blank",
                status.getReasonPhrase(),
                status.getStatusCode(),
                status.getReasonPhrase(),
                null,
                List.of()))
        .build();
  }
}
