package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds the options of a request, in its query or body, against what its verb allows. */
final class OptionsCheck {

  private static final int LONGEST_MANAGER = 128;

  private OptionsCheck() {}

  /**
   * Checks what a writing request asks for beside its object.
   *
   * @throws ApiFailure 422 naming each option that is wrong
   */
  static void checkWrite(ApiRequest call, JsonNode body, boolean apply) {
    List<FieldError> errors = new ArrayList<>();
    String kind =
        switch (call.verb()) {
          case CREATE -> "CreateOptions";
          case UPDATE -> "UpdateOptions";
          case PATCH -> "PatchOptions";
          default -> "DeleteOptions";
        };
    String dryRun = call.query().getOrDefault("dryRun", "");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      errors.add(
          new FieldError(
              "FieldValueNotSupported",
              "dryRun",
              "Unsupported value: [\"" + dryRun + "\"]: supported values: \"All\""));
    }
    if (kind.equals("DeleteOptions")) {
      propagation(call, body, errors);
    } else {
      fields(call, kind, apply, errors);
    }
    refuse(kind, errors);
  }

  /**
   * Checks which moment a read or watch wants to see.
   *
   * @param present the newest version that there is
   * @throws ApiFailure 400 for a version that is none, 422 for options that contradict each other,
   *     504 for a version that is not there yet
   */
  static void checkList(ApiRequest call, long present) {
    String match = call.query().getOrDefault("resourceVersionMatch", "");
    String version = call.query().getOrDefault("resourceVersion", "");
    List<FieldError> errors = new ArrayList<>();
    if (!match.isEmpty() && call.verb() == Verb.LIST) {
      String field = "resourceVersionMatch";
      if (version.isEmpty()) {
        errors.add(
            FieldError.forbidden(
                field, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
      }
      if (!Set.of("Exact", "NotOlderThan").contains(match)) {
        errors.add(FieldError.unsupported(field, match, "Exact", "NotOlderThan", ""));
      }
      if (match.equals("Exact") && version.equals("0")) {
        errors.add(
            FieldError.forbidden(
                field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
      }
    }
    refuse("ListOptions", errors);
    if (!version.isEmpty() && !version.matches("\\d{1,18}")) {
      throw ApiFailure.badRequest(
          "invalid resource version: resourceVersion: Invalid value: \""
              + version
              + "\": strconv.ParseUint: parsing \""
              + version
              + "\": invalid syntax");
    }
    if (!version.isEmpty() && call.verb() != Verb.WATCH && Long.parseLong(version) > present) {
      throw ApiFailure.timeout("Too large resource version: " + version + ", current: " + present);
    }
  }

  /**
   * Checks which part of a log is asked for.
   *
   * @throws ApiFailure 422 naming each option that is wrong, 400 for a number that is none
   */
  static void checkLog(ApiRequest call, String pod) {
    List<FieldError> errors = new ArrayList<>();
    atLeast(call, "tailLines", 0, "must be greater than or equal to 0", errors);
    atLeast(call, "sinceSeconds", 1, "must be greater than 0", errors);
    atLeast(call, "limitBytes", 1, "must be greater than 0", errors);
    if (call.query("sinceSeconds") != null && call.query("sinceTime") != null) {
      errors.add(
          FieldError.forbidden(
              "[]", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
    }
    if (!errors.isEmpty()) {
      throw ApiFailure.invalid("PodLogOptions", pod, errors);
    }
  }

  private static void atLeast(
      ApiRequest call, String option, long least, String rule, List<FieldError> errors) {
    if (call.query(option) != null && call.number(option) < least) {
      errors.add(FieldError.invalid(option, call.number(option), rule));
    }
  }

  private static void fields(ApiRequest call, String kind, boolean apply, List<FieldError> errors) {
    if (kind.equals("PatchOptions") && !apply && call.flag("force")) {
      errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
    }
    String manager = call.query().getOrDefault("fieldManager", "");
    if (apply && manager.isEmpty()) {
      errors.add(FieldError.required("fieldManager", "is required for apply patch"));
    }
    if (manager.length() > LONGEST_MANAGER) {
      errors.add(FieldError.tooLong("fieldManager", LONGEST_MANAGER));
    }
    String validation = call.query().getOrDefault("fieldValidation", "");
    if (!Set.of("", "Ignore", "Strict", "Warn").contains(validation)) {
      errors.add(
          FieldError.unsupported("fieldValidation", validation, "", "Ignore", "Strict", "Warn"));
    }
  }

  private static void propagation(ApiRequest call, JsonNode body, List<FieldError> errors) {
    // As the real server: the query counts only when there is no body.
    String named =
        body.isMissingNode()
            ? call.query("propagationPolicy")
            : Json.text(body, "propagationPolicy");
    boolean orphans =
        body.isMissingNode()
            ? call.query("orphanDependents") != null
            : body.hasNonNull("orphanDependents");
    if (named != null && orphans) {
      errors.add(
          FieldError.invalid(
              "propagationPolicy",
              named,
              "orphanDependents and deletionPropagation cannot be both set"));
    }
    String policy = named == null ? "Background" : named;
    if (!Set.of("Foreground", "Background", "Orphan").contains(policy)) {
      errors.add(
          FieldError.unsupported(
              "propagationPolicy", policy, "Foreground", "Background", "Orphan", "nil"));
    }
  }

  private static void refuse(String kind, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiFailure.invalid(kind + ".meta.k8s.io", "", errors);
    }
  }
}
