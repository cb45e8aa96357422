package io.flintwheel.local.apiserver.selector;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Equality on the few fields by which each type can be selected. */
public final class FieldSelector {

  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  private static final Map<ResourceType, Set<String>> FIELDS =
      Map.of(
          ResourceTypes.PODS,
              Set.of(
                  "spec.nodeName",
                  "spec.restartPolicy",
                  "spec.schedulerName",
                  "spec.serviceAccountName",
                  "spec.hostNetwork",
                  "status.phase",
                  "status.podIP",
                  "status.podIPs",
                  "status.nominatedNodeName"),
          ResourceTypes.EVENTS,
              Set.of(
                  "involvedObject.kind",
                  "involvedObject.namespace",
                  "involvedObject.name",
                  "involvedObject.uid",
                  "involvedObject.apiVersion",
                  "involvedObject.resourceVersion",
                  "involvedObject.fieldPath",
                  "reason",
                  "reportingComponent",
                  "source",
                  "type"),
          ResourceTypes.NODES, Set.of("spec.unschedulable"),
          ResourceTypes.NAMESPACES, Set.of("status.phase"),
          ResourceTypes.SECRETS, Set.of("type"),
          ResourceTypes.SERVICES, Set.of("spec.clusterIP", "spec.type"));

  private record Requirement(String field, boolean equal, String value) {

    boolean matches(JsonNode object) {
      return value.equals(valueOf(object)) == equal;
    }

    private String valueOf(JsonNode object) {
      if (field.equals("source")) {
        String component = Json.textOrEmpty(object, "source", "component");
        return component.isEmpty() ? Json.textOrEmpty(object, "reportingComponent") : component;
      }
      String text = Json.textOrEmpty(object, field.split("\\."));
      boolean flag = field.equals("spec.unschedulable") || field.equals("spec.hostNetwork");
      return text.isEmpty() && flag ? "false" : text;
    }
  }

  private final List<Requirement> requirements;

  private FieldSelector(List<Requirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /**
   * Reads a selector as in the fieldSelector parameter.
   *
   * @throws ApiFailure 400 when it cannot be read or the type cannot be selected by a field
   */
  public static FieldSelector parse(ResourceType type, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return EVERYTHING;
    }
    List<Requirement> requirements = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw ApiFailure.badRequest(
            "invalid selector: '" + text + "'; can't understand '" + part + "'");
      }
      boolean different = part.charAt(equals - 1) == '!';
      String field = part.substring(0, different ? equals - 1 : equals).strip();
      int value = part.startsWith("==", equals) ? equals + 2 : equals + 1;
      if (!field.equals("metadata.name")
          && !(field.equals("metadata.namespace") && type.namespaced())
          && !FIELDS.getOrDefault(type, Set.of()).contains(field)) {
        throw ApiFailure.badRequest(
            type.namespaced() && type.group().isEmpty() && FIELDS.containsKey(type)
                ? "field label not supported: " + field
                : "\""
                    + field
                    + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
      }
      requirements.add(new Requirement(field, !different, part.substring(value).strip()));
    }
    return new FieldSelector(requirements);
  }

  /** Selects one object by its name, as a watch on a single object does. */
  public static FieldSelector name(String name) {
    return new FieldSelector(List.of(new Requirement("metadata.name", true, name)));
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  public boolean matches(JsonNode object) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(object)) {
        return false;
      }
    }
    return true;
  }
}
