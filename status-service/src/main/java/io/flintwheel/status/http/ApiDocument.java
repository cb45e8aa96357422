package io.flintwheel.status.http;

import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.http.ProblemAnswers;
import io.flintwheel.http.QueryParameters;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What the OpenAPI document says beside what is annotated: what a problem looks like at every
 * operation, and that a value of one component is that component on the wire.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

  private static final QueryParameters QUERY_PARAMETERS =
      new QueryParameters(
          Map.of(
              "limit", QueryParameters.number(1, FilterParameters.MOST),
              "tail", QueryParameters.number(1, LogsResource.MOST_LINES),
              "attempt", QueryParameters.number(1, Integer.MAX_VALUE),
              "after", QueryParameters.number(0, Long.MAX_VALUE),
              "follow", OASFactory.createSchema().type(List.of(SchemaType.BOOLEAN))));

  @Override
  public Parameter filterParameter(Parameter parameter) {
    return QUERY_PARAMETERS.describe(parameter);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
    schemas.put("JobId", ProblemAnswers.jobId());
    schemas.put("ScheduleId", ProblemAnswers.text(ScheduleId.PATTERN));
    schemas.put("JsonNode", message());
    // What the class behind it looks like to Java.
    schemas.remove("JsonNodeType");
    document.getComponents().setSchemas(schemas);
    ProblemAnswers.describe(document);
  }

  private static Schema message() {
    return OASFactory.createSchema()
        .type(List.of(SchemaType.OBJECT))
        .description("The data of the event, as the schema of its type says")
        .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true));
  }
}
