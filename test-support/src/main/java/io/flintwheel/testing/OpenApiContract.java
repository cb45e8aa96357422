package io.flintwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.flintwheel.events.EventJson;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The OpenAPI document that the service under test serves, held against what the service answers.
 *
 * <p>It is read strictly: a property that a schema does not name is not part of the answer, and a
 * schema that says nothing describes nothing.
 */
public final class OpenApiContract {

  private static final String SCHEMA = "schema";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode document;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Set<String> seen = new HashSet<>();

  private OpenApiContract(JsonNode document) {
    this.document = document;
  }

  /** As it is served now. */
  public static OpenApiContract served() {
    String text = RestAssured.given().queryParam("format", "json").get("/q/openapi").asString();
    JsonNode document = json(text);
    close(document);
    return new OpenApiContract(document);
  }

  /**
   * Fails unless an answer is as the document says.
   *
   * @param operation method and path as the document has it, such as {@code GET /jobs/{id}}
   */
  public void answers(String operation, Response answer) {
    String status = String.valueOf(answer.statusCode());
    JsonNode responses = operation(operation).path("responses");
    String told = responses.has(status) || answer.statusCode() < 400 ? status : "default";
    assertThat(responses.has(told)).as("%s tells its answer %s", operation, status).isTrue();
    seen.add(operation + " " + told);
    JsonNode content = resolved(responses.get(told)).path("content");
    String body = answer.asString();
    if (content.isEmpty()) {
      assertThat(body).as("the body of %s %s, which has none", operation, told).isEmpty();
      return;
    }
    String type = answer.contentType().split(";", 2)[0];
    JsonNode node = type.endsWith("json") ? json(body) : TextNode.valueOf(body);
    follows(operation + " " + told, content, type, node);
  }

  /** Fails unless a body is one that the document says is taken, under each of its types. */
  public void takes(String operation, String body) {
    JsonNode content = operation(operation).path("requestBody").path("content");
    assertThat(content.isEmpty()).as("%s has a body", operation).isFalse();
    content.fieldNames().forEachRemaining(type -> follows(operation, content, type, json(body)));
  }

  /** Good answers that the document tells and operations whose problems are not yet checked. */
  public List<String> unchecked() {
    List<String> unchecked = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          String operation = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
          method
              .getValue()
              .path("responses")
              .fieldNames()
              .forEachRemaining(
                  status -> {
                    if (status.startsWith("2") && !seen.contains(operation + " " + status)) {
                      unchecked.add(operation + " " + status);
                    }
                  });
          if (seen.stream()
              .noneMatch(answer -> answer.matches("\\Q" + operation + "\\E ([45]..|default)"))) {
            unchecked.add(operation + " with a problem");
          }
        }
      }
    }
    return unchecked;
  }

  /** Fails unless a document is as a schema of the components says. */
  public void is(String component, String text) {
    assertThat(document.path("components").path("schemas").has(component)).isTrue();
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    validate(component, schema.put("$ref", "#/components/schemas/" + component), json(text));
  }

  private void follows(String what, JsonNode content, String type, JsonNode body) {
    JsonNode schema = content.path(type).path(SCHEMA);
    assertThat(schema).as("the schema of %s as %s", what, type).isNotEmpty();
    validate(what, schema.deepCopy(), body);
  }

  private void validate(String what, ObjectNode schema, JsonNode body) {
    schema.set("components", document.path("components"));
    assertThat(schemas.getSchema(schema, CONFIG).validate(body)).as("%s: %s", what, body).isEmpty();
  }

  private JsonNode operation(String operation) {
    String[] parts = operation.split(" ", 2);
    JsonNode found = document.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    assertThat(found.isObject()).as("%s is described", operation).isTrue();
    return found;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** What an object's schema does not name it does not have. */
  private static void close(JsonNode node) {
    node.forEach(OpenApiContract::close);
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && object.path("type").asText().equals("object")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }

  private static JsonNode json(String text) {
    try {
      return EventJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
