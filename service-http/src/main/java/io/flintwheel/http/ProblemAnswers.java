package io.flintwheel.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.JobId;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** What every OpenAPI document says of problems, beside what is annotated. */
public final class ProblemAnswers {

  /** The name of the response that a document's components have for a problem. */
  public static final String PROBLEM = "Problem";

  private ProblemAnswers() {}

  /** Describes the problems of all operations. */
  public static void describe(OpenAPI document) {
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(ProblemAnswers::describe));
  }

  /** A text that follows a regular expression, which stands for the whole of it. */
  public static Schema text(String pattern) {
    return OASFactory.createSchema().type(List.of(SchemaType.STRING)).pattern("^" + pattern + "$");
  }

  /** A job id, on the wire. */
  public static Schema jobId() {
    return text(JobId.PATTERN).not(OASFactory.createSchema().pattern(JobId.RESERVED_PATTERN));
  }

  private static void describe(Operation operation) {
    APIResponses responses = operation.getResponses();
    responses.getAPIResponses().forEach(ProblemAnswers::describe);
    responses.addAPIResponse(APIResponses.DEFAULT, OASFactory.createAPIResponse().ref(PROBLEM));
  }

  private static void describe(String status, APIResponse response) {
    if (status.compareTo("400") >= 0 && response.getContent() == null) {
      response.setContent(
          OASFactory.createContent()
              .addMediaType(
                  ProblemDetails.MEDIA_TYPE,
                  OASFactory.createMediaType()
                      .schema(OASFactory.createSchema().ref("ProblemDetails"))));
    } else if (response.getContent() != null) {
      // Of what a resource may produce, this is no good answer.
      response.getContent().removeMediaType(ProblemDetails.MEDIA_TYPE);
    }
  }
}
