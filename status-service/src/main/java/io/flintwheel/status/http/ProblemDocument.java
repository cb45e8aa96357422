package io.flintwheel.status.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flintwheel.events.job.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 wants it.
 *
 * @param type names the kind of error
 * @param detail what is wrong here
 * @param field the parameter that is wrong, when it is one
 * @param problems each thing that is wrong, with what would be right
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String field,
    List<Problem> problems) {

  static final String MEDIA_TYPE = "application/problem+json";

  static ProblemDocument badParameter(String field, String message, String expected) {
    return new ProblemDocument(
        "urn:flintwheel:problem:bad-parameter",
        "A parameter is wrong",
        400,
        field + ": " + message,
        field,
        List.of(new Problem(field, message, expected)));
  }

  /** Something that is not there; the expected is what would be right, or where to look. */
  static ProblemDocument notFound(String field, String message, String expected) {
    return new ProblemDocument(
        "urn:flintwheel:problem:not-found",
        "Not found",
        404,
        message,
        field,
        List.of(new Problem(field, message, expected)));
  }

  static ProblemDocument unavailable(String detail) {
    return new ProblemDocument(
        "urn:flintwheel:problem:unavailable", "Try again later", 503, detail, null, List.of());
  }

  static ProblemDocument of(int status, String title, String detail) {
    return new ProblemDocument("about:blank", title, status, detail, null, List.of());
  }

  Response response() {
    Response.ResponseBuilder response = Response.status(status).type(MEDIA_TYPE).entity(this);
    return status == 503 ? response.header("Retry-After", 2).build() : response.build();
  }
}
