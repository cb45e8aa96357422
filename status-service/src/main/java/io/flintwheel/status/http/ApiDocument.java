package io.flintwheel.status.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.schedule.ScheduleId;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * What the OpenAPI document says beside what is annotated: what a problem looks like at every
 * operation, and that a value of one component is that component on the wire.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

  static final String PROBLEM = "Problem";

  /** Resources read these as text, to say in their own words what is wrong with them. */
  private static final Map<String, Schema> QUERY_PARAMETERS =
      Map.of(
          "limit", number(1, FilterParameters.MOST),
          "tail", number(1, LogsResource.MOST_LINES),
          "attempt", number(1, Integer.MAX_VALUE),
          "after", number(0, Long.MAX_VALUE),
          "follow", OASFactory.createSchema().type(List.of(SchemaType.BOOLEAN)));

  @Override
  public Parameter filterParameter(Parameter parameter) {
    Schema schema = QUERY_PARAMETERS.get(parameter.getName());
    if (schema != null && parameter.getIn() == Parameter.In.QUERY) {
      parameter.setSchema(schema);
    }
    return parameter;
  }

  private static Schema number(long least, long most) {
    return OASFactory.createSchema()
        .type(List.of(SchemaType.INTEGER))
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
    schemas.put("JobId", text(JobId.PATTERN));
    schemas.put("ScheduleId", text(ScheduleId.PATTERN));
    schemas.put("JsonNode", message());
    // What the class behind it looks like to Java.
    schemas.remove("JsonNodeType");
    document.getComponents().setSchemas(schemas);
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(ApiDocument::describe));
  }

  private static Schema text(String pattern) {
    return OASFactory.createSchema().type(List.of(SchemaType.STRING)).pattern("^" + pattern + "$");
  }

  private static Schema message() {
    return OASFactory.createSchema()
        .type(List.of(SchemaType.OBJECT))
        .description("The data of the event, as the schema of its type says")
        .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true));
  }

  private static void describe(Operation operation) {
    APIResponses responses = operation.getResponses();
    responses
        .getAPIResponses()
        .forEach(
            (status, response) -> {
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
            });
    responses.addAPIResponse(APIResponses.DEFAULT, OASFactory.createAPIResponse().ref(PROBLEM));
  }
}
