package io.flintwheel.local.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flintwheel.local.apiserver.admission.Amount;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what a client sends against the shape of its type. */
public final class FieldCheck {

  /** What is to happen with fields that the type does not have; they are never stored. */
  public enum Mode {
    IGNORE,
    WARN,
    STRICT;

    /** Reads the fieldValidation parameter; the API's default is to warn. */
    public static Mode of(String parameter) {
      return switch (parameter) {
        case "Ignore" -> IGNORE;
        case "Strict" -> STRICT;
        default -> WARN;
      };
    }
  }

  private static final String QUANTITY =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  private static final String DIGIT =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final Pattern BASE64 =
      Pattern.compile("([A-Za-z0-9+/]{4})*+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

  /** Fields whose values are bytes in Go and text here. */
  private static final Map<ResourceType, String> BYTES =
      Map.of(ResourceTypes.SECRETS, "data", ResourceTypes.CONFIG_MAPS, "binaryData");

  private final ResourceType type;
  private final List<String> doubtful = new ArrayList<>();

  private FieldCheck(ResourceType type) {
    this.type = type;
  }

  /**
   * Takes out of an object what its type does not have.
   *
   * @param repeated what is to be told of fields that the client sent twice
   * @return what kubectl is to show its user
   * @throws ApiFailure 400 for a value of the wrong type, and in strict mode for an unknown or
   *     repeated field
   */
  public static List<String> check(
      ResourceType type, ObjectNode object, Mode mode, List<String> repeated) {
    Schema schema = Schemas.of(type);
    if (!(schema instanceof Schema.Struct struct)) {
      return List.of();
    }
    FieldCheck check = new FieldCheck(type);
    check.doubtful.addAll(repeated);
    check.struct(struct, object, "");
    String bytes = BYTES.get(type);
    if (bytes != null) {
      object.path(bytes).forEach(check::base64);
    }
    if (mode == Mode.STRICT && !check.doubtful.isEmpty()) {
      throw check.refused("strict decoding error: " + String.join(", ", check.doubtful));
    }
    return mode == Mode.WARN ? check.doubtful : List.of();
  }

  private void struct(Schema.Struct struct, ObjectNode object, String path) {
    Map<String, Schema> fields = struct.fields();
    List<String> dropped = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      Schema schema = fields.get(name);
      String at = path.isEmpty() ? name : path + "." + name;
      if (schema == null) {
        doubtful.add("unknown field \"" + at + "\"");
        dropped.add(name);
      } else {
        value(schema, entry.getValue(), at, struct.goName() + "." + goField(at));
        entry.setValue(canonical(schema, entry.getValue()));
      }
    }
    object.remove(dropped);
  }

  /** Go names a field by its path without indexes. */
  private static String goField(String path) {
    return path.replaceAll("\\[\\d+]", "");
  }

  private void value(Schema schema, JsonNode value, String path, String goPath) {
    if (value.isNull()) {
      return;
    }
    if (schema instanceof Schema.Struct struct) {
      require(value.isObject(), value, goPath, "v1." + struct.goName());
      struct(struct, (ObjectNode) value, path);
    } else if (schema instanceof Schema.Sequence sequence) {
      require(value.isArray(), value, goPath, "[]v1." + named(sequence.element()));
      int index = 0;
      for (JsonNode element : value) {
        value(sequence.element(), element, path + "[" + index++ + "]", goPath);
      }
    } else if (schema instanceof Schema.Dictionary dictionary) {
      require(value.isObject(), value, goPath, "map[string]" + named(dictionary.element()));
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        value(dictionary.element(), entry.getValue(), path, goPath);
        entry.setValue(canonical(dictionary.element(), entry.getValue()));
      }
    } else {
      scalar(schema, value, goPath);
    }
  }

  /** Quantities are stored in one form; everything else stays as it is sent. */
  private static JsonNode canonical(Schema schema, JsonNode value) {
    return schema instanceof Schema.Amount && !value.isNull()
        ? TextNode.valueOf(Amount.canonical(value.asText()))
        : value;
  }

  private void scalar(Schema schema, JsonNode value, String goPath) {
    if (schema instanceof Schema.Text) {
      require(value.isTextual(), value, goPath, "string");
    } else if (schema instanceof Schema.Flag) {
      require(value.isBoolean(), value, goPath, "bool");
    } else if (schema instanceof Schema.Numeric number) {
      boolean fits = number.whole() ? value.isIntegralNumber() : value.isNumber();
      require(fits, value, goPath, number.whole() ? "int32" : "float64");
    } else if (schema instanceof Schema.Amount) {
      if (!value.isValueNode() || !Amount.valid(value.asText())) {
        throw refused(QUANTITY);
      }
    } else if (schema instanceof Schema.NumberOrText) {
      require(value.isTextual() || value.isIntegralNumber(), value, goPath, "intstr.IntOrString");
    }
  }

  private void require(boolean fits, JsonNode value, String goPath, String wanted) {
    if (!fits) {
      throw refused(
          "json: cannot unmarshal "
              + jsonName(value)
              + " into Go struct field "
              + goPath
              + " of type "
              + wanted);
    }
  }

  private void base64(JsonNode value) {
    String text = value.asText().replace("\n", "").replace("\r", "");
    Matcher correct = BASE64.matcher(text);
    if (!correct.lookingAt() || correct.end() < text.length()) {
      int broken = 0;
      while (broken < text.length() && DIGIT.indexOf(text.charAt(broken)) >= 0) {
        broken++;
      }
      int at = broken == text.length() ? broken - broken % 4 : broken;
      throw refused("illegal base64 data at input byte " + at);
    }
  }

  private ApiFailure refused(String why) {
    return ApiFailure.badRequest(
        type.kind()
            + " in version \""
            + type.version()
            + "\" cannot be handled as a "
            + type.kind()
            + ": "
            + why);
  }

  private static String named(Schema schema) {
    if (schema instanceof Schema.Struct struct) {
      return struct.goName();
    }
    return schema instanceof Schema.Text ? "string" : "interface{}";
  }

  private static String jsonName(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "bool";
      case ARRAY -> "array";
      default -> "object";
    };
  }
}
