package io.flintwheel.events.cloudevent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reading stops here; never leaves this package. */
final class UndecodableException extends Exception {

  private final Decoded.Reason reason;
  private final List<Problem> problems;
  private Map<String, String> context = Map.of();
  private JsonNode data = MissingNode.getInstance();

  UndecodableException(Decoded.Reason reason, Problem problem) {
    this(reason, List.of(problem));
  }

  UndecodableException(Decoded.Reason reason, List<Problem> problems) {
    super(reason.name());
    this.reason = reason;
    this.problems = problems;
  }

  /** Says what of the context is known, unless that was said before. */
  UndecodableException about(Map<String, String> known) {
    context = context.isEmpty() ? Map.copyOf(known) : context;
    return this;
  }

  /** Says what of the data is known. */
  UndecodableException about(JsonNode known) {
    data = known;
    return this;
  }

  Decoded.Undecodable toResult() {
    return new Decoded.Undecodable(
        reason,
        problems,
        JobOf.event(context, data),
        Optional.ofNullable(context.get("type")).filter(type -> !type.isBlank()));
  }
}
