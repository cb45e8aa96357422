package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of the security contexts of a pod and of its containers. */
final class SecurityContextValidation {

  private static final long LARGEST_ID = Integer.MAX_VALUE;
  private static final int LONGEST_APP_ARMOR = 4095;
  private static final Pattern PADDED = Pattern.compile("(?U)\\A\\s|\\s\\z");

  private SecurityContextValidation() {}

  static void checkPod(JsonNode context, String at, List<FieldError> errors) {
    id(context, "fsGroup", at, errors);
    checkShared(context, at, errors);
  }

  /**
   * @param hostUsers whether the pod shares the users of its node
   */
  static void checkContainer(
      JsonNode context, String at, boolean hostUsers, List<FieldError> errors) {
    checkShared(context, at, errors);
    String procMount = Json.textOrEmpty(context, "procMount");
    if (context.has("procMount") && !List.of("Default", "Unmasked").contains(procMount)) {
      errors.add(FieldError.unsupported(at + ".procMount", procMount, "Default", "Unmasked"));
    } else if (hostUsers && procMount.equals("Unmasked")) {
      errors.add(
          FieldError.invalid(
              at + ".procMount", procMount, "`hostUsers` must be false to use `Unmasked`"));
    }
    JsonNode escalation = context.path("allowPrivilegeEscalation");
    if (!escalation.isBoolean() || escalation.booleanValue()) {
      return;
    }
    if (context.path("privileged").asBoolean()) {
      errors.add(
          FieldError.invalid(
              at,
              context,
              "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
    }
    for (JsonNode added : context.path("capabilities").path("add")) {
      if (added.asText().equals("CAP_SYS_ADMIN")) {
        errors.add(
            FieldError.invalid(
                at,
                context,
                "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                    + " CAP_SYS_ADMIN"));
      }
    }
  }

  private static void checkShared(JsonNode context, String at, List<FieldError> errors) {
    id(context, "runAsUser", at, errors);
    id(context, "runAsGroup", at, errors);
    profile(context.path("seccompProfile"), at + ".seccompProfile", "seccomp", errors);
    profile(context.path("appArmorProfile"), at + ".appArmorProfile", "AppArmor", errors);
    files(context, at, errors);
    WindowsValidation.options(context.path("windowsOptions"), at + ".windowsOptions", errors);
  }

  private static void files(JsonNode context, String at, List<FieldError> errors) {
    String path = localhost(context.path("seccompProfile"));
    String field = at + ".seccompProfile.localhostProfile";
    if (path.startsWith("/")) {
      errors.add(FieldError.invalid(field, path, "must be a relative path"));
    }
    if (List.of(path.split("/", -1)).contains("..")) {
      errors.add(FieldError.invalid(field, path, "must not contain '..'"));
    }
    String name = localhost(context.path("appArmorProfile"));
    field = at + ".appArmorProfile.localhostProfile";
    if (PADDED.matcher(name).find()) {
      errors.add(FieldError.invalid(field, name, "must not be padded with whitespace"));
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_APP_ARMOR) {
      errors.add(FieldError.tooLong(field, LONGEST_APP_ARMOR));
    }
  }

  private static String localhost(JsonNode profile) {
    return Json.textOrEmpty(profile, "type").equals("Localhost")
        ? Json.textOrEmpty(profile, "localhostProfile")
        : "";
  }

  private static void id(JsonNode context, String name, String at, List<FieldError> errors) {
    long id = context.path(name).asLong();
    if (id < 0 || id > LARGEST_ID) {
      errors.add(
          FieldError.invalid(at + "." + name, id, "must be between 0 and 2147483647, inclusive"));
    }
  }

  private static void profile(JsonNode profile, String at, String what, List<FieldError> errors) {
    if (!profile.isObject()) {
      return;
    }
    String type = Json.textOrEmpty(profile, "type");
    boolean named = profile.has("localhostProfile");
    boolean empty = Json.textOrEmpty(profile, "localhostProfile").isEmpty();
    if (type.isEmpty()) {
      errors.add(
          FieldError.required(
              at + ".type", "type is required when " + at.replaceAll(".*[.]", "") + " is set"));
    } else if (!List.of("Localhost", "RuntimeDefault", "Unconfined").contains(type)) {
      errors.add(
          FieldError.unsupported(at + ".type", type, "Localhost", "RuntimeDefault", "Unconfined"));
    } else if (type.equals("Localhost") && (!named || (empty && what.equals("AppArmor")))) {
      errors.add(
          FieldError.required(
              at + ".localhostProfile", "must be set when " + what + " type is Localhost"));
    } else if (!type.equals("Localhost") && named) {
      errors.add(
          FieldError.invalid(
              at + ".localhostProfile",
              profile,
              "can only be set when " + what + " type is Localhost"));
    }
  }
}
