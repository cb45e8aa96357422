package io.flintwheel.scheduler.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.idempotency.IdempotencyKeys.KeyReusedException;
import io.flintwheel.scheduler.schedule.UnreadableDefinitionException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything that goes wrong as {@code application/problem+json} (RFC 9457). */
final class ProblemResponses {

  private static final Logger LOG = Logger.getLogger(ProblemResponses.class);
  private static final String RETRY_SECONDS = "5";
  private static final String JSON = MediaType.APPLICATION_JSON;

  @ServerExceptionMapper
  Response of(ProblemException e) {
    return response(ProblemDetails.of(e.status(), e.problems())).build();
  }

  @ServerExceptionMapper
  Response of(KeyReusedException e) {
    return response(
            422,
            new Problem(
                "Idempotency-Key",
                "the key was used for another request",
                "a new key, or the same operation, schedule and body as before"))
        .build();
  }

  @ServerExceptionMapper
  Response of(UnreadableDefinitionException e) {
    return response(
            409, new Problem("", String.valueOf(e.getMessage()), "a new definition, sent by PUT"))
        .build();
  }

  @ServerExceptionMapper
  Response of(DatabaseException e) {
    if (!e.outage()) {
      return of((Throwable) e);
    }
    LOG.warnf("request not served, %s; cause=%s", e.inShort(), Wordless.of(e.getCause()));
    return response(503, new Problem("", e.inShort(), "the same request, later"))
        .header("Retry-After", RETRY_SECONDS)
        .build();
  }

  @ServerExceptionMapper
  Response of(NotAllowedException e, UriInfo uri) {
    String allowed = String.join(", ", AllowedMethods.at(uri.getPath()));
    return response(405, new Problem("", "Method Not Allowed", "one of " + allowed))
        .header(HttpHeaders.ALLOW, allowed)
        .build();
  }

  /** Those of the framework. */
  @ServerExceptionMapper
  Response of(WebApplicationException e) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    String reason = status.getReasonPhrase();
    return switch (status.getStatusCode()) {
      case 404 ->
          response(404, new Problem("", "there is nothing at this path", "a path of /q/openapi"))
              .build();
      case 406 -> response(406, new Problem(HttpHeaders.ACCEPT, reason, JSON)).build();
      case 415 -> response(415, new Problem(HttpHeaders.CONTENT_TYPE, reason, JSON)).build();
      default -> response(ProblemDetails.of(status.getStatusCode(), reason)).build();
    };
  }

  /** Nobody foresaw it: the log has where, a client is told nothing of the inside. */
  @ServerExceptionMapper
  Response of(Throwable e) {
    LOG.error("request not served", Wordless.of(e));
    return response(ProblemDetails.of(500, "internal error; the log tells more")).build();
  }

  private static Response.ResponseBuilder response(int status, Problem problem) {
    return response(ProblemDetails.of(status, problem));
  }

  private static Response.ResponseBuilder response(ProblemDetails details) {
    return Response.status(details.status()).type(ProblemDetails.MEDIA_TYPE).entity(details);
  }
}
