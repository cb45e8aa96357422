package io.flintwheel.local.apiserver.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shape of a value. Taken from the client's model classes, which are generated from the same Go
 * types that the real server decodes into.
 */
sealed interface Schema {

  /** A text. */
  record Text() implements Schema {}

  /**
   * A number.
   *
   * @param whole true when it has no fraction
   */
  record Numeric(boolean whole) implements Schema {}

  /** True or false. */
  record Flag() implements Schema {}

  /** A quantity such as 500m, as text or number. */
  record Amount() implements Schema {}

  /** A number or a text. */
  record NumberOrText() implements Schema {}

  /** Anything at all. */
  record Any() implements Schema {}

  /** A list of values of one shape. */
  record Sequence(Schema element) implements Schema {}

  /** Values of one shape by any names. */
  record Dictionary(Schema element) implements Schema {}

  /**
   * Values of known names.
   *
   * @param goName of the Go type, for messages
   */
  record Struct(String goName, Class<?> model) implements Schema {

    private static final Map<Class<?>, Map<String, Schema>> FIELDS = new ConcurrentHashMap<>();

    /** The fields by name; found out when first asked, since types contain each other. */
    Map<String, Schema> fields() {
      Map<String, Schema> known = FIELDS.get(model);
      if (known == null) {
        known = read(model);
        FIELDS.put(model, known);
      }
      return known;
    }

    private static Map<String, Schema> read(Class<?> model) {
      Map<String, Schema> fields = new TreeMap<>();
      for (Field field : model.getDeclaredFields()) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        if (property != null) {
          String name = property.value().isEmpty() ? field.getName() : property.value();
          fields.put(name, of(field.getGenericType()));
        }
      }
      return fields;
    }
  }

  static Schema of(Type type) {
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == List.class) {
        return new Sequence(of(generic.getActualTypeArguments()[0]));
      }
      if (generic.getRawType() == Map.class) {
        return new Dictionary(of(generic.getActualTypeArguments()[1]));
      }
      return new Any();
    }
    return type instanceof Class<?> plain ? ofClass(plain) : new Any();
  }

  private static Schema ofClass(Class<?> type) {
    if (type == String.class || type.getSimpleName().equals("MicroTime")) {
      return new Text();
    }
    if (type == Integer.class || type == Long.class) {
      return new Numeric(true);
    }
    if (type == Double.class || type == Float.class) {
      return new Numeric(false);
    }
    if (type == Boolean.class) {
      return new Flag();
    }
    if (type == Quantity.class) {
      return new Amount();
    }
    if (type == IntOrString.class) {
      return new NumberOrText();
    }
    boolean modelled =
        type.getPackageName().startsWith("io.fabric8.kubernetes.api.model")
            && !type.isInterface()
            && !type.getSimpleName().equals("FieldsV1")
            && !type.getSimpleName().equals("AnyType");
    return modelled ? new Struct(type.getSimpleName(), type) : new Any();
  }
}
