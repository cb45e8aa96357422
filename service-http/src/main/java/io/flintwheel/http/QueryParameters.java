package io.flintwheel.http;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What the query parameters are that resources read as text, to say in their own words what is
 * wrong with them.
 *
 * @param schemas by name of the parameter
 */
public record QueryParameters(Map<String, Schema> schemas) {

  public QueryParameters {
    schemas = Map.copyOf(schemas);
  }

  /** A whole number within these bounds, both taken. */
  public static Schema number(long least, long most) {
    return OASFactory.createSchema()
        .type(List.of(SchemaType.INTEGER))
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }

  /** Describes a parameter if it is one of these. */
  public Parameter describe(Parameter parameter) {
    Schema schema = schemas.get(parameter.getName());
    if (schema != null && parameter.getIn() == Parameter.In.QUERY) {
      parameter.setSchema(schema);
    }
    return parameter;
  }
}
