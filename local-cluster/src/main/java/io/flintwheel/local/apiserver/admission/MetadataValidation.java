package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks that hold for the metadata of every object. */
final class MetadataValidation {

  private static final int ANNOTATIONS_LIMIT = 256 * 1024;

  private MetadataValidation() {}

  static List<FieldError> check(ResourceType type, ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    List<FieldError> errors = new ArrayList<>();
    String prefix = Json.textOrEmpty(metadata, "generateName");
    if (!prefix.isEmpty()) {
      errors.addAll(Names.prefix(type, prefix));
    }
    String name = Json.textOrEmpty(metadata, "name");
    if (name.isEmpty()) {
      errors.add(FieldError.required("metadata.name", "name or generateName is required"));
    } else {
      errors.addAll(Names.object(type, name));
    }
    errors.addAll(labels("metadata.labels", metadata.path("labels")));
    errors.addAll(annotations(metadata.path("annotations")));
    errors.addAll(owners(metadata));
    errors.addAll(finalizers(metadata));
    return errors;
  }

  static List<FieldError> labels(String field, JsonNode labels) {
    List<FieldError> errors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      errors.addAll(Names.qualified(field, label.getKey()));
      errors.addAll(Names.labelValue(field, label.getValue().asText()));
    }
    return errors;
  }

  private static List<FieldError> annotations(JsonNode annotations) {
    List<FieldError> errors = new ArrayList<>();
    long size = 0;
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      errors.addAll(
          Names.qualified(
              "metadata.annotations", annotation.getKey().toLowerCase(java.util.Locale.ROOT)));
      size += annotation.getKey().length() + annotation.getValue().asText().length();
    }
    if (size > ANNOTATIONS_LIMIT) {
      errors.add(FieldError.tooLong("metadata.annotations", ANNOTATIONS_LIMIT));
    }
    return errors;
  }

  private static List<FieldError> owners(JsonNode metadata) {
    List<FieldError> errors = new ArrayList<>();
    String controller = "";
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        String shown = Json.textOrEmpty(owner, "kind") + "/" + Json.textOrEmpty(owner, "name");
        if (!controller.isEmpty()) {
          errors.add(
              FieldError.invalid(
                  "metadata.ownerReferences",
                  metadata.path("ownerReferences"),
                  "Only one reference can have Controller set to true. Found \"true\" in"
                      + " references for "
                      + controller
                      + " and "
                      + shown));
        }
        controller = shown;
      }
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (Json.textOrEmpty(owner, field).isEmpty()) {
          errors.add(
              FieldError.invalid(
                  "metadata.ownerReferences." + field,
                  "",
                  switch (field) {
                    case "apiVersion" -> "version must not be empty";
                    case "kind" -> "kind must not be empty";
                    default -> "must not be empty";
                  }));
        }
      }
    }
    return errors;
  }

  private static List<FieldError> finalizers(JsonNode metadata) {
    List<FieldError> errors = new ArrayList<>();
    int index = 0;
    for (JsonNode finalizer : metadata.path("finalizers")) {
      String name = finalizer.asText();
      String at = "metadata.finalizers[" + index++ + "]";
      errors.addAll(Names.qualified(at, name));
      if (!name.contains("/") && !name.equals("orphan") && !name.equals("foregroundDeletion")) {
        errors.add(
            FieldError.invalid(
                at, name, "name is neither a standard finalizer name nor is it fully qualified"));
      }
    }
    return errors;
  }
}
