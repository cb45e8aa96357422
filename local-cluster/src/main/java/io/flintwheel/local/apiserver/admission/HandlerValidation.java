package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of a container's probes and hooks. */
final class HandlerValidation {

  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> HOOKS = List.of("postStart", "preStop");
  private static final List<String> HANDLERS =
      List.of("exec", "httpGet", "tcpSocket", "grpc", "sleep");
  private static final List<String> PERIODS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");
  private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");
  private static final int LARGEST_PORT = 65_535;

  private HandlerValidation() {}

  /**
   * @param grace the pod's, in seconds
   */
  static void check(JsonNode container, String at, long grace, List<FieldError> errors) {
    for (String name : PROBES) {
      if (container.path(name).isObject()) {
        probe(container.path(name), name, at + "." + name, grace, errors);
      }
    }
    for (String name : HOOKS) {
      JsonNode hook = container.path("lifecycle").path(name);
      if (hook.isObject()) {
        handler(hook, at + ".lifecycle." + name, grace, errors);
      }
    }
  }

  /** Those of an init container that ends: there are none to check. */
  static void checkInit(JsonNode container, String at, List<FieldError> errors) {
    String forbidden = "may not be set for init containers without restartPolicy=Always";
    for (String name : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.path(name).isObject()) {
        errors.add(FieldError.forbidden(at + "." + name, forbidden));
      }
    }
  }

  private static void probe(
      JsonNode probe, String name, String at, long grace, List<FieldError> errors) {
    handler(probe, at, grace, errors);
    for (String period : PERIODS) {
      long value = probe.path(period).asLong();
      if (value < 0) {
        errors.add(
            FieldError.invalid(at + "." + period, value, "must be greater than or equal to 0"));
      }
    }
    JsonNode own = probe.path("terminationGracePeriodSeconds");
    if (own.isNumber() && own.asLong() <= 0) {
      errors.add(
          FieldError.invalid(
              at + ".terminationGracePeriodSeconds", own.asLong(), "must be greater than 0"));
    }
    if (name.equals("readinessProbe")) {
      if (own.isNumber()) {
        errors.add(
            FieldError.invalid(
                at + ".terminationGracePeriodSeconds",
                own.asLong(),
                "must not be set for readinessProbes"));
      }
    } else if (probe.path("successThreshold").asInt(1) != 1) {
      errors.add(
          FieldError.invalid(
              at + ".successThreshold", probe.path("successThreshold").asInt(), "must be 1"));
    }
  }

  private static void handler(JsonNode handlers, String at, long grace, List<FieldError> errors) {
    boolean first = true;
    for (String name : HANDLERS) {
      JsonNode handler = handlers.path(name);
      if (!handler.isObject()) {
        continue;
      }
      String field = at + "." + name;
      if (!first) {
        errors.add(FieldError.forbidden(field, "may not specify more than 1 handler type"));
        continue;
      }
      first = false;
      switch (name) {
        case "exec" -> {
          if (handler.path("command").isEmpty()) {
            errors.add(FieldError.required(field + ".command", ""));
          }
        }
        case "sleep" -> sleep(handler, field, grace, errors);
        case "httpGet" -> http(handler, field, errors);
        default -> port(handler.path("port"), field + ".port", errors);
      }
    }
    if (first) {
      errors.add(FieldError.required(at, "must specify a handler type"));
    }
  }

  private static void http(JsonNode get, String at, List<FieldError> errors) {
    port(get.path("port"), at + ".port", errors);
    String scheme = Json.textOrEmpty(get, "scheme");
    if (!List.of("HTTP", "HTTPS").contains(scheme)) {
      errors.add(FieldError.unsupported(at + ".scheme", scheme, "HTTP", "HTTPS"));
    }
    for (JsonNode header : get.path("httpHeaders")) {
      String name = Json.textOrEmpty(header, "name");
      if (!HEADER.matcher(name).matches()) {
        errors.add(
            FieldError.invalid(
                at + ".httpHeaders",
                name,
                "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                    + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"));
      }
    }
  }

  private static void port(JsonNode port, String at, List<FieldError> errors) {
    if (!port.isTextual()) {
      int number = port.asInt();
      if (number < 1 || number > LARGEST_PORT) {
        errors.add(FieldError.invalid(at, number, "must be between 1 and 65535, inclusive"));
      }
      return;
    }
    PortNames.check(port.asText(), at, errors);
  }

  private static void sleep(JsonNode sleep, String at, long grace, List<FieldError> errors) {
    long seconds = sleep.path("seconds").asLong();
    if (seconds < 0 || seconds > grace) {
      errors.add(
          FieldError.invalid(
              at,
              seconds,
              "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")"));
    }
  }
}
