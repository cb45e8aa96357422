package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.Json;
import io.flintwheel.events.WholeNumber;
import io.flintwheel.events.job.Problem;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads texts, numbers, booleans and words, and says what would have been right. */
final class ScalarReader {

  private final List<Problem> errors;

  ScalarReader(List<Problem> errors) {
    this.errors = errors;
  }

  @Nullable Object read(JsonNode value, Class<?> type, RecordComponent component, String path) {
    if (type == String.class) {
      return text(value, component, path);
    }
    if (type == Boolean.class) {
      return value.isBoolean() ? value.booleanValue() : wrongKind(value, type, component, path);
    }
    if (type.isEnum()) {
      return word(value, type, component, path);
    }
    return number(value, type, component, path);
  }

  private @Nullable Object text(JsonNode value, RecordComponent component, String path) {
    if (!value.isTextual()) {
      return wrongKind(value, String.class, component, path);
    }
    Syntax syntax = component.getAnnotation(Syntax.class);
    if (syntax != null && !value.textValue().matches(syntax.pattern())) {
      return wrongValue(value, String.class, component, path);
    }
    return value.textValue();
  }

  private @Nullable Object number(
      JsonNode value, Class<?> type, RecordComponent component, String path) {
    Bounds bounds = component.getAnnotation(Bounds.class);
    long greatest = type == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
    long min = bounds == null ? -greatest - 1 : bounds.min();
    long max = bounds == null ? greatest : Math.min(bounds.max(), greatest);
    WholeNumber judged = WholeNumber.judge(value, min, max);
    if (judged == WholeNumber.NO_NUMBER) {
      return wrongKind(value, type, component, path);
    }
    if (judged != WholeNumber.FITS) {
      String expected =
          switch (judged) {
            // What a number has room for is named only to the one who went beyond it.
            case TOO_LARGE -> "a whole number " + range(min, max);
            case TOO_SMALL ->
                bounds == null ? "a whole number " + range(min, max) : describe(type, component);
            case NOT_IN_DIGITS -> describe(type, component) + ", in digits alone";
            default -> describe(type, component);
          };
      errors.add(new Problem(path, judged.message(value), expected));
      return null;
    }
    if (type == Integer.class) {
      return value.intValue();
    }
    return value.longValue();
  }

  private @Nullable Object word(
      JsonNode value, Class<?> type, RecordComponent component, String path) {
    if (!value.isTextual()) {
      return wrongKind(value, type, component, path);
    }
    for (Object constant : type.getEnumConstants()) {
      if (wireName(constant).equals(value.textValue())) {
        return constant;
      }
    }
    return wrongValue(value, type, component, path);
  }

  /** What would be right, in words. */
  String describe(Class<?> type, RecordComponent component) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(ScalarReader::wireName)
              .collect(Collectors.joining(", "));
    }
    Syntax syntax = component.getAnnotation(Syntax.class);
    if (syntax != null) {
      return syntax.says();
    }
    if (type == Integer.class || type == Long.class) {
      Bounds bounds = component.getAnnotation(Bounds.class);
      if (bounds == null) {
        return "a whole number";
      }
      boolean unbounded = bounds.max() >= Integer.MAX_VALUE;
      return "a whole number "
          + (unbounded ? "of at least " + bounds.min() : range(bounds.min(), bounds.max()));
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    return type == String.class ? "a text" : "an object";
  }

  private @Nullable Object wrongKind(
      JsonNode value, Class<?> type, RecordComponent component, String path) {
    String expected = describe(type, component);
    boolean scalar = value.isNumber() || value.isBoolean();
    if (scalar && (type == String.class || type.isEnum())) {
      expected += ", in quotes";
    } else if (value.isTextual()) {
      expected += ", without quotes";
    }
    errors.add(new Problem(path, "is " + Json.kind(value), expected));
    return null;
  }

  private @Nullable Object wrongValue(
      JsonNode value, Class<?> type, RecordComponent component, String path) {
    return wrongValue(value, describe(type, component), path);
  }

  private @Nullable Object wrongValue(JsonNode value, String expected, String path) {
    errors.add(new Problem(path, "is '" + Json.abbreviate(value.asText()) + "'", expected));
    return null;
  }

  private static String range(long min, long max) {
    return "from " + min + " to " + max;
  }

  /** The word that JSON has for a constant. */
  private static String wireName(Object constant) {
    String name = ((Enum<?>) constant).name();
    try {
      JsonProperty property = constant.getClass().getField(name).getAnnotation(JsonProperty.class);
      return property == null ? name : property.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("an enum has its constants as fields: " + name, e);
    }
  }
}
