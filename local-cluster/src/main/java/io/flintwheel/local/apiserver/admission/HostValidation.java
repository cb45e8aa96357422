package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of what a pod says of its host: aliases, kernel parameters, system, spread. */
final class HostValidation {

  private static final String SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String KERNEL_FORM = "^(" + SEGMENT + "[\\./])*" + SEGMENT + "$";
  private static final Pattern KERNEL_PARAMETER = Pattern.compile(KERNEL_FORM);
  private static final int LONGEST_PARAMETER = 253;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)([.](?!$)|$)){4}");
  private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private HostValidation() {}

  static void check(JsonNode spec, List<FieldError> errors) {
    parameters(spec.path("securityContext").path("sysctls"), errors);
    if (spec.path("hostPID").asBoolean() && spec.path("shareProcessNamespace").asBoolean()) {
      errors.add(
          FieldError.invalid(
              "spec.securityContext.shareProcessNamespace",
              true,
              "ShareProcessNamespace and HostPID cannot both be enabled"));
    }
    spread(spec.path("topologySpreadConstraints"), errors);
    aliases(spec.path("hostAliases"), errors);
    JsonNode system = spec.path("os");
    String name = Json.textOrEmpty(system, "name");
    if (system.isObject() && name.isEmpty()) {
      errors.add(FieldError.required("spec.os.name", ""));
    } else if (system.isObject() && !List.of("linux", "windows").contains(name)) {
      errors.add(FieldError.unsupported("spec.os", name, "linux", "windows"));
    }
  }

  private static void parameters(JsonNode parameters, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode parameter : parameters) {
      String at = "spec.securityContext.sysctls[" + index++ + "].name";
      String name = Json.textOrEmpty(parameter, "name");
      if (name.isEmpty()) {
        errors.add(FieldError.required(at, ""));
      } else if (name.length() > LONGEST_PARAMETER || !KERNEL_PARAMETER.matcher(name).matches()) {
        errors.add(
            FieldError.invalid(
                at, name, "must have at most 253 characters and match regex " + KERNEL_FORM));
      } else if (!names.add(name)) {
        errors.add(FieldError.duplicate(at, name));
      }
    }
  }

  private static void spread(JsonNode constraints, List<FieldError> errors) {
    int index = 0;
    for (JsonNode constraint : constraints) {
      String at = "spec.topologySpreadConstraints[" + index++ + "].";
      long skew = constraint.path("maxSkew").asLong();
      if (skew <= 0) {
        errors.add(FieldError.invalid(at + "maxSkew", skew, "must be greater than zero"));
      }
      if (Json.textOrEmpty(constraint, "topologyKey").isEmpty()) {
        errors.add(FieldError.required(at + "topologyKey", "can not be empty"));
      }
      String action = Json.textOrEmpty(constraint, "whenUnsatisfiable");
      if (!List.of("DoNotSchedule", "ScheduleAnyway").contains(action)) {
        errors.add(
            FieldError.unsupported(
                at + "whenUnsatisfiable", action, "DoNotSchedule", "ScheduleAnyway"));
      }
    }
  }

  private static void aliases(JsonNode aliases, List<FieldError> errors) {
    int index = 0;
    for (JsonNode alias : aliases) {
      String at = "spec.hostAliases[" + index++ + "].";
      String ip = Json.textOrEmpty(alias, "ip");
      if (!address(ip)) {
        errors.add(
            FieldError.invalid(
                at + "ip", ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
      }
      int name = 0;
      for (JsonNode host : alias.path("hostnames")) {
        errors.addAll(Names.subdomain(at + "hostnames[" + name++ + "]", host.asText()));
      }
    }
  }

  private static boolean address(String text) {
    if (!IPV6_CHARACTERS.matcher(text).matches()) {
      return IPV4.matcher(text).matches();
    }
    try {
      // What has a colon is never looked up.
      return InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
