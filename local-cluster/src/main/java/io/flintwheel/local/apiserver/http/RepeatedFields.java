package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flintwheel.local.apiserver.resource.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fields that a JSON body has twice; the last one counts, and a tree shows no trace of the rest.
 */
final class RepeatedFields {

  private final List<String> found = new ArrayList<>();

  private RepeatedFields() {}

  /** What the client is to be told, in the order of the body; empty for what is not JSON. */
  static List<String> of(byte[] body) {
    RepeatedFields repeated = new RepeatedFields();
    try (JsonParser parser = Json.MAPPER.createParser(body)) {
      repeated.value(parser, parser.nextToken(), "");
    } catch (IOException e) {
      return List.of();
    }
    return repeated.found;
  }

  private void value(JsonParser parser, JsonToken token, String path) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      object(parser, path);
    } else if (token == JsonToken.START_ARRAY) {
      int index = 0;
      JsonToken element = parser.nextToken();
      while (element != JsonToken.END_ARRAY) {
        value(parser, element, path + "[" + index++ + "]");
        element = parser.nextToken();
      }
    }
  }

  private void object(JsonParser parser, String path) throws IOException {
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String at = path.isEmpty() ? name : path + "." + name;
      if (!seen.add(name)) {
        found.add("duplicate field \"" + at + "\"");
      }
      value(parser, parser.nextToken(), at);
    }
  }
}
