package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of {@code windowsOptions}, which a real API server reads of any pod. */
final class WindowsValidation {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern NET_BIOS =
      Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
  private static final String DNS_LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final Pattern DNS = Pattern.compile(DNS_LABEL + "(\\." + DNS_LABEL + ")*");
  private static final Pattern DOTS_OR_SPACES = Pattern.compile("[. ]+");
  private static final Pattern NOT_OF_USERS = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");
  private static final int LONGEST_CREDENTIALS = 64 * 1024;
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_USER = 104;

  private WindowsValidation() {}

  /** Checks the options of one security context. */
  static void options(JsonNode options, String at, List<FieldError> errors) {
    if (options.has("gmsaCredentialSpecName")) {
      String name = Json.textOrEmpty(options, "gmsaCredentialSpecName");
      errors.addAll(Names.subdomain(at + ".gmsaCredentialSpecName", name));
    }
    if (options.has("gmsaCredentialSpec")) {
      String credentials = Json.textOrEmpty(options, "gmsaCredentialSpec");
      String field = at + ".gmsaCredentialSpec";
      if (credentials.isEmpty()) {
        errors.add(
            FieldError.invalid(field, credentials, "gmsaCredentialSpec cannot be an empty string"));
      } else if (bytes(credentials) > LONGEST_CREDENTIALS) {
        errors.add(
            FieldError.invalid(field, credentials, "gmsaCredentialSpec size must be under 64 KiB"));
      }
    }
    if (options.has("runAsUserName")) {
      String name = Json.textOrEmpty(options, "runAsUserName");
      for (String wrong : userName(name)) {
        errors.add(FieldError.invalid(at + ".runAsUserName", name, "runAsUserName" + wrong));
      }
    }
  }

  private static List<String> userName(String name) {
    String[] parts = name.split("\\\\", -1);
    if (name.isEmpty()) {
      return List.of(" cannot be an empty string");
    }
    if (CONTROL.matcher(name).find()) {
      return List.of(" cannot contain control characters");
    }
    if (parts.length > 2) {
      return List.of(" cannot contain more than one backslash");
    }
    List<String> wrong = new ArrayList<>();
    if (parts.length == 2) {
      if (bytes(parts[0]) > LONGEST_DOMAIN) {
        wrong.add("'s Domain length must be under 256 characters");
      }
      if (!NET_BIOS.matcher(parts[0]).matches() && !DNS.matcher(parts[0]).matches()) {
        wrong.add("'s Domain doesn't match the NetBios nor the DNS format");
      }
    }
    String user = parts[parts.length - 1];
    if (user.isEmpty()) {
      wrong.add("'s User cannot be empty");
    } else if (bytes(user) > LONGEST_USER) {
      wrong.add("'s User length must not be longer than 104 characters");
    }
    if (DOTS_OR_SPACES.matcher(user).matches()) {
      wrong.add("'s User cannot contain only periods or spaces");
    }
    if (NOT_OF_USERS.matcher(user).find()) {
      wrong.add("'s User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
    }
    return wrong;
  }

  /** Checks what a pod and its containers say together. */
  static void pod(JsonNode spec, List<FieldError> errors) {
    String member = "hostProcess";
    JsonNode ofPod = spec.path("securityContext").path("windowsOptions").path(member);
    int containers = 0;
    int processes = 0;
    for (String list : List.of("initContainers", "containers")) {
      int index = 0;
      for (JsonNode container : spec.path(list)) {
        containers++;
        String at = "spec." + list + "[" + index++ + "].securityContext.windowsOptions.";
        JsonNode own = container.path("securityContext").path("windowsOptions").path(member);
        if (ofPod.isBoolean() && own.isBoolean() && !own.equals(ofPod)) {
          errors.add(
              FieldError.invalid(
                  at + member,
                  own,
                  "pod hostProcess value must be identical if both are specified, was " + ofPod));
        }
        processes += (own.isBoolean() ? own : ofPod).asBoolean() ? 1 : 0;
      }
    }
    if (processes > 0 && processes != containers) {
      errors.add(
          FieldError.invalid(
              "spec",
              "",
              "If pod contains any hostProcess containers then all containers must be HostProcess"
                  + " containers"));
    }
    if (processes > 0 && !spec.path("hostNetwork").asBoolean()) {
      errors.add(
          FieldError.invalid(
              "spec.hostNetwork",
              false,
              "hostNetwork must be true if pod contains any hostProcess containers"));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
