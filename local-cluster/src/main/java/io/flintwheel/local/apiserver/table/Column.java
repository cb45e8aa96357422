package io.flintwheel.local.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param wide true for a column that only {@code -o wide} shows
 * @param cell a text, number or null node's value of an object
 */
record Column(
    String name, String type, String format, boolean wide, Function<JsonNode, Object> cell) {

  static Column name(Function<JsonNode, Object> cell) {
    return new Column("Name", "string", "name", false, cell);
  }

  static Column text(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", "", false, cell);
  }

  static Column number(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "integer", "", false, cell);
  }

  static Column wide(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", "", true, cell);
  }
}
