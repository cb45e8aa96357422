package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects that clients send in Kubernetes' protobuf form, which kubectl does for some types
 * without asking whether the server understands it. Answers are always JSON; clients accept both.
 */
final class Protobuf {

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final Map<String, Map<Integer, Field>> MESSAGES = messages();

  private record Field(String name, String type) {}

  private Protobuf() {}

  /**
   * The object as a tree, with apiVersion and kind.
   *
   * @throws ApiFailure 415 when its type is not among the known ones
   */
  static ObjectNode read(byte[] body, String accepted) {
    if (body.length < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(body, MAGIC.length))) {
      throw ApiFailure.badRequest("the body of the request does not begin as protobuf must");
    }
    String apiVersion = "";
    String kind = "";
    byte[] raw = {};
    Wire envelope = new Wire(body, MAGIC.length, body.length);
    while (envelope.next()) {
      if (envelope.number() == 1) {
        Wire type = envelope.message();
        while (type.next()) {
          if (type.number() == 1) {
            apiVersion = type.text();
          } else if (type.number() == 2) {
            kind = type.text();
          }
        }
      } else if (envelope.number() == 2) {
        raw = envelope.bytes();
      }
    }
    if (!MESSAGES.containsKey(kind)) {
      throw ApiFailure.unsupportedMediaType(accepted);
    }
    ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    return object.setAll(message(kind, new Wire(raw, 0, raw.length)));
  }

  private static ObjectNode message(String name, Wire wire) {
    ObjectNode object = Json.object();
    Map<Integer, Field> fields = MESSAGES.getOrDefault(name, Map.of());
    while (wire.next()) {
      Field field = fields.get(wire.number());
      if (field != null) {
        value(object, field, wire);
      }
    }
    return object;
  }

  private static void value(ObjectNode object, Field field, Wire wire) {
    String name = field.name();
    String type = field.type();
    switch (type) {
      case "s" -> put(object, name, wire.text());
      case "i" -> object.put(name, wire.varint());
      case "t" -> object.put(name, wire.varint() != 0);
      case "I" -> {
        if (wire.varint() != 0) {
          object.put(name, wire.varint());
        }
      }
      case "T" -> {
        if (wire.varint() != 0) {
          object.put(name, true);
        }
      }
      case "b" -> object.put(name, Base64.getEncoder().encodeToString(wire.bytes()));
      case "time" -> put(object, name, time(wire.message()));
      case "{s}", "{b}", "{Quantity}" -> entry(Json.objectAt(object, name), type, wire.message());
      case "IntOrString" -> intOrString(object, name, wire.message());
      default -> {
        if (type.equals("s[]")) {
          Json.arrayAt(object, name).add(wire.text());
        } else if (type.endsWith("[]")) {
          ArrayNode list = Json.arrayAt(object, name);
          list.add(message(type.substring(0, type.length() - 2), wire.message()));
        } else {
          object.set(name, message(type, wire.message()));
        }
      }
    }
  }

  /** Go's encoder writes empty strings that its JSON encoder leaves out. */
  private static void put(ObjectNode object, String name, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      object.put(name, text);
    }
  }

  private static void entry(ObjectNode map, String type, Wire entry) {
    String key = "";
    String value = "";
    while (entry.next()) {
      if (entry.number() == 1) {
        key = entry.text();
      } else {
        value =
            switch (type) {
              case "{b}" -> Base64.getEncoder().encodeToString(entry.bytes());
              case "{Quantity}" -> quantity(entry.message());
              default -> entry.text();
            };
      }
    }
    map.put(key, value);
  }

  private static String quantity(Wire wire) {
    String text = "";
    while (wire.next()) {
      text = wire.text();
    }
    return text;
  }

  private static @Nullable String time(Wire wire) {
    long seconds = 0;
    long nanos = 0;
    boolean set = false;
    while (wire.next()) {
      set = true;
      if (wire.number() == 1) {
        seconds = wire.varint();
      } else {
        nanos = wire.varint();
      }
    }
    return set && seconds > 0 ? Instant.ofEpochSecond(seconds, nanos).toString() : null;
  }

  private static void intOrString(ObjectNode object, String name, Wire wire) {
    long type = 0;
    long number = 0;
    String text = "";
    while (wire.next()) {
      switch (wire.number()) {
        case 1 -> type = wire.varint();
        case 2 -> number = wire.varint();
        default -> text = wire.text();
      }
    }
    if (type == 1) {
      object.put(name, text);
    } else if (number != 0) {
      object.put(name, number);
    }
  }

  private static Map<String, Map<Integer, Field>> messages() {
    Map<String, Map<Integer, Field>> messages = new HashMap<>();
    try (InputStream file = Protobuf.class.getResourceAsStream("wire.txt")) {
      if (file == null) {
        throw new IllegalStateException("wire.txt is not on the class path");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      text.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(messages, line));
    } catch (IOException e) {
      throw new UncheckedIOException("wire.txt could not be read", e);
    }
    return messages;
  }

  private static void add(Map<String, Map<Integer, Field>> messages, String line) {
    int colon = line.indexOf(':');
    Map<Integer, Field> fields = new HashMap<>();
    for (String field : line.substring(colon + 1).split(",", -1)) {
      String[] parts = field.strip().split(" ", -1);
      fields.put(Integer.valueOf(parts[0]), new Field(parts[1], parts[2]));
    }
    messages.put(line.substring(0, colon), fields);
  }
}
