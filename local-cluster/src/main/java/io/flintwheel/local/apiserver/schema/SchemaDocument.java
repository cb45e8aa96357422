package io.flintwheel.local.apiserver.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The shapes of types as OpenAPI v3 writes them: names and types of fields, no descriptions. */
public final class SchemaDocument {

  private static final String REFERENCE = "#/components/schemas/";

  private final ObjectNode schemas = Json.object();
  private final Set<Class<?>> written = new HashSet<>();
  private final Deque<Schema.Struct> due = new ArrayDeque<>();

  private SchemaDocument() {}

  /** What an OpenAPI document has under {@code components.schemas} for these types. */
  public static ObjectNode of(Collection<ResourceType> types) {
    SchemaDocument document = new SchemaDocument();
    for (ResourceType type : types) {
      if (Schemas.of(type) instanceof Schema.Struct struct) {
        document.struct(struct);
        ObjectNode schema = (ObjectNode) document.schemas.get(name(struct));
        schema.put(
            "description",
            "%s of %s, as far as the local API knows it: names and types. What they mean is told at https://kubernetes.io/docs/reference/kubernetes-api/"
                .formatted(type.kind(), type.apiVersion()));
        Json.arrayAt(schema, "x-kubernetes-group-version-kind")
            .addObject()
            .put("group", type.group())
            .put("kind", type.kind())
            .put("version", type.version());
      }
    }
    while (!document.due.isEmpty()) {
      document.struct(document.due.remove());
    }
    return document.schemas;
  }

  private void struct(Schema.Struct struct) {
    if (!written.add(struct.model())) {
      return;
    }
    ObjectNode schema = schemas.putObject(name(struct)).put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    struct.fields().forEach((field, shape) -> properties.set(field, written(shape)));
  }

  private ObjectNode written(Schema shape) {
    ObjectNode schema = Json.object();
    if (shape instanceof Schema.Struct struct) {
      due.add(struct);
      return schema.put("$ref", REFERENCE + name(struct));
    }
    if (shape instanceof Schema.Sequence sequence) {
      schema.put("type", "array").set("items", written(sequence.element()));
    } else if (shape instanceof Schema.Dictionary dictionary) {
      schema.put("type", "object").set("additionalProperties", written(dictionary.element()));
    } else if (shape instanceof Schema.Numeric numeric) {
      schema.put("type", numeric.whole() ? "integer" : "number");
    } else if (shape instanceof Schema.Flag) {
      schema.put("type", "boolean");
    } else if (shape instanceof Schema.Any) {
      schema.put("type", "object");
    } else {
      // Quantities and ports, too, may be written as text.
      schema.put("type", "string");
    }
    return schema;
  }

  /** kubectl shows what follows the last dot. */
  private static String name(Schema.Struct struct) {
    return struct.model().getName().replace('$', '.');
  }
}
