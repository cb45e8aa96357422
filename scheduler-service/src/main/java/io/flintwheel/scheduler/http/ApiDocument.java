package io.flintwheel.scheduler.http;

import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.http.ProblemAnswers;
import io.flintwheel.http.QueryParameters;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What the OpenAPI document says beside what is annotated: what a problem looks like at every
 * operation, and that a value of one component is that component on the wire.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

  /** Describes a body that is read only to refuse it. */
  static final String NO_BODY = "None";

  private static final QueryParameters QUERY_PARAMETERS =
      new QueryParameters(
          Map.of(
              "limit", QueryParameters.number(1, ScheduleQueries.MOST_PAGE),
              "n", QueryParameters.number(1, TickResource.MOST_PREVIEW)));

  @Override
  public Parameter filterParameter(Parameter parameter) {
    return QUERY_PARAMETERS.describe(parameter);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
    schemas.put("JobId", ProblemAnswers.jobId());
    schemas.put("ScheduleId", ProblemAnswers.text(ScheduleId.PATTERN));
    document.getComponents().setSchemas(schemas);
    ProblemAnswers.describe(document);
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(ApiDocument::withoutRefusedBody));
  }

  private static void withoutRefusedBody(Operation operation) {
    if (operation.getRequestBody() != null
        && NO_BODY.equals(operation.getRequestBody().getDescription())) {
      operation.setRequestBody(null);
    }
  }
}
