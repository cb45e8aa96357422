package io.flintwheel.submitter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flintwheel.events.job.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 wants it.
 *
 * @param type always {@code about:blank}: the status says what kind it is
 * @param title the status in words
 * @param detail what happened
 * @param field the first field that is wrong
 * @param problems all that is wrong, and what would be right
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDetails(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String field,
    List<Problem> problems) {

  static final String MEDIA_TYPE = "application/problem+json";
}
