package io.flintwheel.local.apiserver.resource;

/**
 * One field that is wrong, in the words of the real API server.
 *
 * @param reason such as {@code FieldValueInvalid}
 * @param field path such as {@code spec.containers[0].name}
 * @param message without the field
 */
public record FieldError(String reason, String field, String message) {

  public static FieldError required(String field, String detail) {
    return new FieldError(
        "FieldValueRequired", field, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
  }

  public static FieldError invalid(String field, Object value, String detail) {
    return new FieldError(
        "FieldValueInvalid", field, "Invalid value: " + shown(value) + ": " + detail);
  }

  public static FieldError duplicate(String field, Object value) {
    return new FieldError("FieldValueDuplicate", field, "Duplicate value: " + shown(value));
  }

  public static FieldError notFound(String field, Object value) {
    return new FieldError("FieldValueNotFound", field, "Not found: " + shown(value));
  }

  public static FieldError forbidden(String field, String detail) {
    return new FieldError("FieldValueForbidden", field, "Forbidden: " + detail);
  }

  public static FieldError tooLong(String field, int maximum) {
    return new FieldError(
        "FieldValueTooLong", field, "Too long: may not be more than " + maximum + " bytes");
  }

  public static FieldError unsupported(String field, String value, String... supported) {
    return new FieldError(
        "FieldValueNotSupported",
        field,
        "Unsupported value: "
            + shown(value)
            + ": supported values: \""
            + String.join("\", \"", supported)
            + "\"");
  }

  @Override
  public String toString() {
    return field + ": " + message;
  }

  private static String shown(Object value) {
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }
}
