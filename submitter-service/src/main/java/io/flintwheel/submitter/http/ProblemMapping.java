package io.flintwheel.submitter.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as problem+json. */
class ProblemMapping {

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

  /** Those of the framework, such as an unknown path or method. */
  @ServerExceptionMapper
  Response problem(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    return Response.fromResponse(e.getResponse())
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
