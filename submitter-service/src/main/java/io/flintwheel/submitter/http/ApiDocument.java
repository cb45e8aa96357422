package io.flintwheel.submitter.http;

import io.flintwheel.http.ProblemAnswers;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * What the OpenAPI document says beside what is annotated: what a problem looks like at every
 * operation, and that a value of one component is that component on the wire.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
    schemas.put("JobId", ProblemAnswers.jobId());
    document.getComponents().setSchemas(schemas);
    ProblemAnswers.describe(document);
  }
}
