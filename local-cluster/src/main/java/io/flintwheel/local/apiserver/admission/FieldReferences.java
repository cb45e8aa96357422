package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References of a container or volume to fields of its own pod (the downward API). */
final class FieldReferences {

  private static final String ANNOTATIONS = "metadata.annotations";
  private static final String LABELS = "metadata.labels";
  private static final Pattern SUBSCRIPTED = Pattern.compile("(.+?)\\['(.*)'\\]");

  private static final Set<String> CONVERTIBLE =
      Set.of(
          ANNOTATIONS,
          LABELS,
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.serviceAccountName",
          "spec.schedulerName",
          "status.phase",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  private static final String[] OF_VARIABLES = {
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs"
  };

  private static final String[] OF_FILES = {
    ANNOTATIONS, LABELS, "metadata.name", "metadata.namespace", "metadata.uid"
  };

  private static final String[] RESOURCES = {
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory"
  };

  private static final List<String> DIVISORS_OF_CPU = List.of("1m", "1");
  private static final List<String> DIVISORS_OF_BYTES =
      List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");
  private static final Map<String, String> RESOURCE_NAMES =
      Map.of("cpu", "cpu", "memory", "memory", "ephemeral-storage", "local ephemeral storage");

  private FieldReferences() {}

  /** Checks a fieldRef of an environment variable. */
  static void ofVariable(JsonNode reference, String at, List<FieldError> errors) {
    field(reference, at, OF_VARIABLES, errors);
  }

  /** Checks a fieldRef of a file. */
  static void ofFile(JsonNode reference, String at, List<FieldError> errors) {
    field(reference, at, OF_FILES, errors);
  }

  /**
   * Checks a resourceFieldRef.
   *
   * @param file true when it is to become a file, which belongs to no container by itself
   */
  static void resource(JsonNode reference, String at, boolean file, List<FieldError> errors) {
    String resource = Json.textOrEmpty(reference, "resource");
    if (file && Json.textOrEmpty(reference, "containerName").isEmpty()) {
      errors.add(FieldError.required(at + ".containerName", ""));
    } else if (resource.isEmpty()) {
      errors.add(FieldError.required(at + ".resource", ""));
    } else if (!List.of(RESOURCES).contains(resource)
        && !resource.matches("(limits|requests)[.]hugepages-.*")) {
      errors.add(FieldError.unsupported(at + ".resource", resource, RESOURCES));
    }
    divisor(Json.textOrEmpty(reference, "divisor"), resource, at, errors);
  }

  private static void divisor(String divisor, String resource, String at, List<FieldError> errors) {
    int dot = resource.indexOf('.');
    String kind = resource.matches("(limits|requests)[.].+") ? resource.substring(dot + 1) : "";
    String name =
        kind.startsWith("hugepages-") ? "hugepages" : RESOURCE_NAMES.getOrDefault(kind, "");
    List<String> allowed = kind.equals("cpu") ? DIVISORS_OF_CPU : DIVISORS_OF_BYTES;
    // Zero is as if it were not given.
    if (!name.isEmpty()
        && Amount.parse(divisor).signum() != 0
        && !allowed.contains(Amount.canonical(divisor))) {
      String values = String.join(", ", allowed).replace("1m, 1", "1m and 1");
      errors.add(
          FieldError.invalid(
              at + ".divisor",
              resource,
              "only divisor's values " + values + " are supported with the " + name + " resource"));
    }
  }

  private static void field(
      JsonNode reference, String at, String[] supported, List<FieldError> errors) {
    String path = Json.textOrEmpty(reference, "fieldPath");
    String version = Json.textOrEmpty(reference, "apiVersion");
    if (path.isEmpty()) {
      errors.add(FieldError.required(at + ".fieldPath", ""));
      return;
    }
    Matcher subscripted = SUBSCRIPTED.matcher(path);
    String base = subscripted.matches() ? subscripted.group(1) : path;
    String refused = null;
    if (!version.equals("v1")) {
      refused = "unsupported pod version: " + version;
    } else if (!subscripted.matches() && !CONVERTIBLE.contains(path)) {
      refused = "field label not supported: " + path;
    } else if (subscripted.matches() && !Set.of(ANNOTATIONS, LABELS).contains(base)) {
      refused = "field label does not support subscript: " + path;
    }
    if (refused != null) {
      errors.add(
          FieldError.invalid(at + ".fieldPath", path, "error converting fieldPath: " + refused));
    } else if (subscripted.matches()) {
      String key = subscripted.group(2);
      errors.addAll(Names.qualified(at, base.equals(LABELS) ? key : key.toLowerCase(Locale.ROOT)));
    } else if (!List.of(supported).contains(path)) {
      errors.add(FieldError.unsupported(at + ".fieldPath", path, supported));
    }
  }
}
