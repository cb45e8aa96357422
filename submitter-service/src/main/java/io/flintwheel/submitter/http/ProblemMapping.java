package io.flintwheel.submitter.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.Silenced;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as problem+json. */
class ProblemMapping {

  private static final Logger LOG = Logger.getLogger(ProblemMapping.class);
  private static final String RETRY_SECONDS = "5";
  private static final String PATHS =
      "POST /api/v1/jobs or DELETE /api/v1/jobs/{jobId}, as /q/openapi describes them";

  private static final ProblemDetails NOT_ACCEPTABLE =
      ProblemDetails.of(
          406,
          new Problem(
              HttpHeaders.ACCEPT,
              "nothing of what it asks for can be answered here",
              MediaType.APPLICATION_JSON));

  private static final ProblemDetails UNSUPPORTED =
      ProblemDetails.of(
          415,
          new Problem(
              HttpHeaders.CONTENT_TYPE,
              "a body of this type is not read here",
              String.join(
                  ", ",
                  MediaType.APPLICATION_JSON,
                  RequestBody.YAML,
                  RequestBody.X_YAML,
                  RequestBody.TEXT_YAML)));

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

  /** Those of the framework, which does not say what would be right. */
  @ServerExceptionMapper
  Response problem(WebApplicationException e, UriInfo uri, Request request) {
    Response.ResponseBuilder response = Response.fromResponse(e.getResponse());
    Response.StatusType status = e.getResponse().getStatusInfo();
    ProblemDetails details =
        switch (status.getStatusCode()) {
          case 404 -> ProblemDetails.of(404, new Problem("", "there is nothing here", PATHS));
          case 405 -> notAllowed(request.getMethod(), allowedAt(uri));
          case 406 -> NOT_ACCEPTABLE;
          case 415 -> UNSUPPORTED;
          default -> ProblemDetails.of(status.getStatusCode(), status.getReasonPhrase());
        };
    if (details.status() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
      response.header(HttpHeaders.ALLOW, allowedAt(uri));
    }
    return with(response, details).build();
  }

  private static String allowedAt(UriInfo uri) {
    return uri.getPath().matches("/?api/v1/jobs/?") ? "POST" : "DELETE";
  }

  private static ProblemDetails notAllowed(String method, String allowed) {
    return ProblemDetails.of(
        405,
        new Problem(
            "", method + " is not possible here; jobs are shown by the status service", allowed));
  }

  private static Response.ResponseBuilder with(
      Response.ResponseBuilder response, ProblemDetails details) {
    return response.status(details.status()).type(ProblemDetails.MEDIA_TYPE).entity(details);
  }
}
