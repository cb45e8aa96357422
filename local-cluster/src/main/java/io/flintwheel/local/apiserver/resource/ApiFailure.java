package io.flintwheel.local.apiserver.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A request that ends in a {@code Status} other than success. */
public final class ApiFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient ObjectNode status;

  private ApiFailure(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", message);
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    status.put("code", code);
  }

  public int code() {
    return code;
  }

  public ObjectNode status() {
    return status;
  }

  public static ApiFailure notFound(ResourceType type, String name) {
    return new ApiFailure(
        404,
        "NotFound",
        type.qualifiedPlural() + " \"" + name + "\" not found",
        details(type, name));
  }

  /** A path that leads nowhere. */
  public static ApiFailure noSuchPath() {
    return new ApiFailure(
        404, "NotFound", "the server could not find the requested resource", Json.object());
  }

  /**
   * A new object whose name is taken.
   *
   * @param leaving true when the object that has the name is being deleted
   */
  public static ApiFailure alreadyExists(ResourceType type, String name, boolean leaving) {
    return new ApiFailure(
        409,
        "AlreadyExists",
        (leaving ? "object is being deleted: " : "")
            + type.qualifiedPlural()
            + " \""
            + name
            + "\" already exists",
        details(type, name));
  }

  public static ApiFailure modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static ApiFailure conflict(ResourceType type, String name, String why) {
    return new ApiFailure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + type.qualifiedPlural() + " \"" + name + "\": " + why,
        details(type, name));
  }

  /** A deletion of something else than what is there; the kind stands where a plural is usual. */
  public static ApiFailure precondition(ResourceType type, String name, String why) {
    return new ApiFailure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + type.qualifiedKind() + " \"" + name + "\": " + why,
        details(type, name).put("kind", type.kind()));
  }

  /** A server-side apply that would take fields of others. */
  public static ApiFailure applyConflict(List<FieldError> conflicts) {
    ObjectNode details = Json.object();
    causes(details, conflicts);
    String listed =
        conflicts.stream()
            .map(conflict -> conflict.message() + ": " + conflict.field())
            .collect(Collectors.joining("\n"));
    String message =
        conflicts.size() == 1
            ? "Apply failed with 1 conflict: " + listed
            : "Apply failed with " + conflicts.size() + " conflicts: " + listed;
    return new ApiFailure(409, "Conflict", message, details);
  }

  public static ApiFailure invalid(ResourceType type, String name, List<FieldError> errors) {
    return invalid(type.qualifiedKind(), name, errors);
  }

  /**
   * An object, or the options of a request, with fields that are wrong.
   *
   * @param kind with its group, such as {@code ListOptions.meta.k8s.io}
   */
  public static ApiFailure invalid(String kind, String name, List<FieldError> errors) {
    String[] kindAndGroup = kind.split("\\.", 2);
    ObjectNode details = Json.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (kindAndGroup.length > 1) {
      details.put("group", kindAndGroup[1]);
    }
    details.put("kind", kindAndGroup[0]);
    causes(details, errors);
    String listed = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
    return new ApiFailure(
        422,
        "Invalid",
        kind
            + " \""
            + name
            + "\" is invalid: "
            + (errors.size() == 1 ? listed : "[" + listed + "]"),
        details);
  }

  /** A request that is understood and cannot be carried out, without a field to blame. */
  public static ApiFailure unprocessable(String message) {
    return new ApiFailure(422, "Invalid", message, Json.object());
  }

  public static ApiFailure badRequest(String message) {
    return new ApiFailure(400, "BadRequest", message, Json.object());
  }

  /** An object whose name is not the one of the path. */
  public static ApiFailure otherName(String wanted, String name) {
    return badRequest(
        "the name of the object ("
            + wanted
            + ") does not match the name on the URL ("
            + name
            + ")");
  }

  /** What the server waited for in vain. */
  public static ApiFailure timeout(String message) {
    return new ApiFailure(504, "Timeout", "Timeout: " + message, Json.object());
  }

  public static ApiFailure unauthorized() {
    return new ApiFailure(401, "Unauthorized", "Unauthorized", Json.object());
  }

  public static ApiFailure forbidden(ResourceType type, String name, String why) {
    return new ApiFailure(
        403,
        "Forbidden",
        type.qualifiedPlural() + " \"" + name + "\" is forbidden: " + why,
        details(type, name));
  }

  public static ApiFailure methodNotAllowed() {
    return methodNotAllowed("the server does not allow this method on the requested resource");
  }

  public static ApiFailure methodNotAllowed(String message) {
    return new ApiFailure(405, "MethodNotAllowed", message, Json.object());
  }

  public static ApiFailure notAcceptable(String available) {
    return new ApiFailure(
        406,
        "NotAcceptable",
        "406: Not Acceptable\n\nAvailable representations: " + available,
        Json.object());
  }

  public static ApiFailure unsupportedMediaType(String accepted) {
    return new ApiFailure(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted,
        Json.object());
  }

  public static ApiFailure tooLarge(long limit) {
    return new ApiFailure(
        413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit, Json.object());
  }

  /** A watch or a page from a version that is no longer kept. */
  public static ApiFailure expired(String message) {
    return new ApiFailure(410, "Expired", message, Json.object());
  }

  public static ApiFailure internal(String message) {
    return new ApiFailure(
        500, "InternalError", "Internal error occurred: " + message, Json.object());
  }

  /** The real server has no better word for this mistake of a client either. */
  public static ApiFailure versionOfNewObject() {
    return new ApiFailure(
        500, "", "resourceVersion should not be set on objects to be created", Json.object());
  }

  /** What another server, such as a kubelet, answered. */
  public static ApiFailure passedOn(int code, String message, ResourceType type, String name) {
    String reason =
        switch (code) {
          case 400 -> "BadRequest";
          case 404 -> "NotFound";
          case 500 -> "InternalError";
          default -> "";
        };
    return new ApiFailure(code, reason, message, details(type, name));
  }

  /** A failure made on purpose by a test. */
  public static ApiFailure injected(int code, long retryAfterSeconds) {
    ObjectNode details = Json.object();
    if (retryAfterSeconds > 0) {
      details.put("retryAfterSeconds", retryAfterSeconds);
    }
    String reason =
        switch (code) {
          case 403 -> "Forbidden";
          case 409 -> "Conflict";
          case 429 -> "TooManyRequests";
          case 500 -> "InternalError";
          case 503 -> "ServiceUnavailable";
          case 504 -> "Timeout";
          default -> "";
        };
    return new ApiFailure(code, reason, "fault injected by a test", details);
  }

  private static ObjectNode details(ResourceType type, String name) {
    ObjectNode details = Json.object().put("name", name);
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    return details.put("kind", type.plural());
  }

  private static void causes(ObjectNode details, List<FieldError> errors) {
    ArrayNode causes = details.putArray("causes");
    for (FieldError error : errors) {
      causes
          .addObject()
          .put("reason", error.reason())
          .put("message", error.message())
          .put("field", error.field());
    }
  }
}
