package io.flintwheel.events.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error over HTTP, the same at every service: {@code application/problem+json} (RFC 9457).
 *
 * @param type {@code about:blank}: the status says what kind it is
 * @param title the status in words
 * @param detail what is wrong, for a person
 * @param field the first field, parameter or header that is wrong; absent when it is none
 * @param expected what would be right there, or what to do; absent when nothing can be said
 * @param problems all that is wrong
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String field,
    @Nullable String expected,
    List<Problem> problems) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String NO_TYPE = "about:blank";
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(409, "Conflict"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(428, "Precondition Required"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"));

  public ProblemDetails {
    problems = List.copyOf(problems);
  }

  /** An error that is no single field's, such as an outage. */
  public static ProblemDetails of(int status, String detail) {
    return new ProblemDetails(NO_TYPE, title(status), status, detail, null, null, List.of());
  }

  /**
   * An error in what was sent.
   *
   * @param problems all that is wrong; the first one is told at the top too
   * @throws IllegalArgumentException when there is none
   */
  public static ProblemDetails of(int status, List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an error in what was sent has a problem");
    }
    Problem first = problems.get(0);
    boolean whole = first.field().isEmpty();
    return new ProblemDetails(
        NO_TYPE,
        title(status),
        status,
        first.inWords(),
        whole ? null : first.field(),
        first.expected(),
        problems);
  }

  /** An error with one problem. */
  public static ProblemDetails of(int status, Problem problem) {
    return of(status, List.of(problem));
  }

  private static String title(int status) {
    return TITLES.getOrDefault(status, "HTTP status " + status);
  }
}
