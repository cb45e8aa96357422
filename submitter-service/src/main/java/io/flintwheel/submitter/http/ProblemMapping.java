package io.flintwheel.submitter.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.submitter.Silenced;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as problem+json. */
class ProblemMapping {

  private static final Logger LOG = Logger.getLogger(ProblemMapping.class);
  private static final String RETRY_SECONDS = "5";

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    Response.ResponseBuilder response = with(Response.noContent(), e.details());
    if (e.details().status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return response.build();
  }

  /** Nobody foresaw it; the log has where, a caller is told nothing of the inside. */
  @ServerExceptionMapper
  Response problem(Throwable e) {
    LOG.error("a request was not served", Silenced.of(e));
    ProblemDetails details =
        ProblemDetails.of(500, "the service failed on this request; its log tells where");
    return with(Response.noContent(), details).build();
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
    return with(response, ProblemDetails.of(status.getStatusCode(), status.getReasonPhrase()))
        .build();
  }

  private static Response.ResponseBuilder with(
      Response.ResponseBuilder response, ProblemDetails details) {
    return response.status(details.status()).type(ProblemDetails.MEDIA_TYPE).entity(details);
  }
}
