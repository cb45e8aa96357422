package io.flintwheel.status.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flintwheel.events.http.ProblemDetails;

/** A problem as it is sent. */
final class ProblemBody {

  private ProblemBody() {}

  static String of(ProblemDetails problem, ObjectMapper json) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem of ours can be written as JSON", e);
    }
  }
}
