package io.flintwheel.scheduler.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.job.Problem;
import io.flintwheel.scheduler.control.ControlResult;
import io.flintwheel.scheduler.control.ControlResult.Done;
import io.flintwheel.scheduler.control.ControlResult.Triggered;
import io.flintwheel.scheduler.idempotency.Answer;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleRow;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What the resources answer with. */
@Singleton
class Answers {

  static final String IDEMPOTENCY_KEY =
      "1 to 255 characters. The same request with the same key is done once and answered the same;"
          + " another request with that key is answered 422";

  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final ScheduleDocuments documents;

  Answers(ScheduleDocuments documents) {
    this.documents = documents;
  }

  Answer shown(ScheduleRow row) {
    return new Answer(OK, documents.schedule(row).toString(), etag(row.version()));
  }

  Answer shown(int status, ControlResult result, List<Problem> warnings) {
    Schedule schedule = done(result, Done.class).schedule();
    return new Answer(
        status,
        documents.schedule(ScheduleRow.of(schedule), warnings).toString(),
        etag(schedule.version()));
  }

  Answer triggered(ControlResult result) {
    return new Answer(
        ACCEPTED, documents.triggered(done(result, Triggered.class).tick()).toString(), null);
  }

  /** A refusal is thrown, so that nothing of its transaction stays. */
  static <T extends ControlResult> T done(ControlResult result, Class<T> wanted) {
    if (wanted.isInstance(result)) {
      return wanted.cast(result);
    }
    throw Refusals.of(result);
  }

  private static String etag(long version) {
    return "\"" + version + "\"";
  }

  static Response.ResponseBuilder response(Answer answer) {
    // A null value sends no header.
    return Response.status(answer.status())
        .type(MediaType.APPLICATION_JSON)
        .header("ETag", answer.etag())
        .entity(answer.body());
  }

  static Response json(ObjectNode document) {
    return Response.ok(document.toString()).type(MediaType.APPLICATION_JSON).build();
  }
}
