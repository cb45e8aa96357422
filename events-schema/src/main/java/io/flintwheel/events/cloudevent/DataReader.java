package io.flintwheel.events.cloudevent;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Json;
import io.flintwheel.events.job.JobRequestRules;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads an event's data into its record, tolerant of what is new and plain about what is wrong. */
final class DataReader {

  private static final String DATA = "data";

  private DataReader() {}

  static <T> T read(JsonNode data, Class<T> type) throws UndecodableException {
    if (!data.isObject()) {
      String message =
          data.isMissingNode() || data.isNull() ? "is missing" : "is " + Json.kind(data);
      throw invalid(List.of(new Problem(DATA, message, "a JSON object")));
    }
    if (type == JobRequested.class) {
      List<Problem> problems = JobRequestRules.problems(data, DATA);
      if (!problems.isEmpty()) {
        throw invalid(problems);
      }
    }
    T read;
    try {
      read = EventJson.mapper().treeToValue(data, type);
    } catch (JsonMappingException e) {
      throw invalid(List.of(problem(e)));
    } catch (JsonProcessingException e) {
      throw invalid(List.of(new Problem(DATA, "cannot be read", type.getSimpleName())));
    }
    List<Problem> missing = new ArrayList<>();
    collectMissing(read, DATA, missing);
    if (!missing.isEmpty()) {
      throw invalid(missing);
    }
    return read;
  }

  private static UndecodableException invalid(List<Problem> problems) {
    return new UndecodableException(Decoded.Reason.INVALID_DATA, problems);
  }

  /** Jackson fills what JSON leaves out with null; only what is {@code @Nullable} may stay so. */
  private static void collectMissing(Object value, String path, List<Problem> missing) {
    if (!value.getClass().isRecord() || isId(value)) {
      return;
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String field = path + "." + fieldName(component);
      Object part = valueOf(component, value);
      if (part != null) {
        collectMissing(part, field, missing);
      } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        missing.add(new Problem(field, "is missing", expected(component.getType())));
      }
    }
  }

  /** Ids are records of one component, but texts in JSON. */
  private static boolean isId(Object part) {
    return Arrays.stream(part.getClass().getRecordComponents())
        .anyMatch(component -> component.getAccessor().isAnnotationPresent(JsonValue.class));
  }

  private static String fieldName(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null || property.value().isEmpty() ? component.getName() : property.value();
  }

  private static @Nullable Object valueOf(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record has public accessors: " + component, e);
    }
  }

  private static Problem problem(JsonMappingException e) {
    StringBuilder path = new StringBuilder(DATA);
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append('.').append(Json.abbreviate(reference.getFieldName()));
      }
    }
    Class<?> target = e instanceof MismatchedInputException m ? m.getTargetType() : null;
    if (e instanceof InvalidFormatException format) {
      String value = Json.abbreviate(String.valueOf(format.getValue()));
      return new Problem(path.toString(), "is '" + value + "'", expected(target));
    }
    if (e.getCause() instanceof IllegalArgumentException cause) {
      return new Problem(
          path.toString(), Objects.requireNonNullElse(cause.getMessage(), "is wrong"), null);
    }
    return new Problem(path.toString(), "has the wrong type", expected(target));
  }

  private static @Nullable String expected(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    if (type == Instant.class) {
      return "RFC 3339, such as 2026-01-31T08:00:00Z";
    }
    if (type.isEnum()) {
      return "one of "
          + String.join(
              ", ", Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    }
    if (type == int.class || type == Integer.class || type == long.class) {
      return "a whole number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return "a "
        + type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
