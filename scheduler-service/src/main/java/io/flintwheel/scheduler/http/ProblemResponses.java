package io.flintwheel.scheduler.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Problem;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.idempotency.IdempotencyKeys.KeyReusedException;
import io.flintwheel.scheduler.schedule.UnreadableDefinitionException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything that goes wrong as {@code application/problem+json} (RFC 9457). */
final class ProblemResponses {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = Logger.getLogger(ProblemResponses.class);
  private static final String RETRY_SECONDS = "5";

  @ServerExceptionMapper
  Response of(ProblemException e) {
    return response(e.status(), e.problems()).build();
  }

  @ServerExceptionMapper
  Response of(KeyReusedException e) {
    return response(
            422,
            List.of(
                new Problem(
                    "Idempotency-Key",
                    "the key was used for another request",
                    "a new key, or the same operation, schedule and body as before")))
        .build();
  }

  @ServerExceptionMapper
  Response of(UnreadableDefinitionException e) {
    return response(
            409,
            List.of(
                new Problem("", String.valueOf(e.getMessage()), "a new definition, sent by PUT")))
        .build();
  }

  @ServerExceptionMapper
  Response of(DatabaseException e) {
    if (!e.outage()) {
      return of((RuntimeException) e);
    }
    LOG.warnf(
        "request not served, PostgreSQL does not answer; cause=%s", Wordless.of(e.getCause()));
    return response(
            503, List.of(new Problem("", "PostgreSQL does not answer", "the same request, later")))
        .header("Retry-After", RETRY_SECONDS)
        .build();
  }

  @ServerExceptionMapper
  Response of(NotAllowedException e, UriInfo uri) {
    String allowed = String.join(", ", AllowedMethods.at(uri.getPath()));
    return response(405, List.of(new Problem("", "Method Not Allowed", "one of " + allowed)))
        .header(HttpHeaders.ALLOW, allowed)
        .build();
  }

  @ServerExceptionMapper
  Response of(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    return response(
            status, List.of(new Problem("", Response.Status.fromStatusCode(status) + "", null)))
        .build();
  }

  @ServerExceptionMapper
  Response of(RuntimeException e) {
    LOG.error("request not served", Wordless.of(e));
    return response(500, List.of(new Problem("", "internal error; the log tells more", null)))
        .build();
  }

  private static Response.ResponseBuilder response(int status, List<Problem> problems) {
    ObjectNode body = EventJson.mapper().createObjectNode();
    Problem first = problems.get(0);
    Response.Status known = Response.Status.fromStatusCode(status);
    body.put("type", "about:blank");
    body.put("title", known == null ? "Unprocessable Content" : known.getReasonPhrase());
    body.put("status", status);
    body.put(
        "detail",
        first.field().isEmpty() ? first.message() : first.field() + ": " + first.message());
    if (!first.field().isEmpty()) {
      body.put("field", first.field());
    }
    if (first.expected() != null) {
      body.put("expected", first.expected());
    }
    ArrayNode all = body.putArray("problems");
    problems.forEach(problem -> all.add(EventJson.mapper().valueToTree(problem)));
    return Response.status(status).type(MEDIA_TYPE).entity(body.toString());
  }
}
