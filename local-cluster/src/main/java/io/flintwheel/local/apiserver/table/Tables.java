package io.flintwheel.local.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.util.List;

/** Makes {@code meta.k8s.io/v1} Tables of objects. */
public final class Tables {

  private final Columns columns;

  public Tables(Clock clock) {
    this.columns = new Columns(clock);
  }

  /**
   * A table of objects of one type.
   *
   * @param metadata of the list, or of the only object
   * @param included {@code None}, {@code Metadata} or {@code Object}: what each row carries
   */
  public ObjectNode of(
      ResourceType type,
      List<StoredObject> objects,
      ObjectNode metadata,
      String included,
      boolean definitions) {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", metadata);
    List<Column> shown = columns.of(type);
    ArrayNode described = table.putArray("columnDefinitions");
    if (definitions) {
      shown.forEach(column -> described.add(describe(column)));
    } else {
      table.putNull("columnDefinitions");
    }
    ArrayNode rows = table.putArray("rows");
    for (StoredObject object : objects) {
      rows.add(row(object, shown, included));
    }
    return table;
  }

  private static ObjectNode row(StoredObject object, List<Column> columns, String included) {
    ObjectNode row = Json.object();
    ArrayNode cells = row.putArray("cells");
    for (Column column : columns) {
      cells.addPOJO(column.cell().apply(object.tree()));
    }
    switch (included) {
      case "None" -> {}
      case "Object" -> row.set("object", object.tree());
      default -> {
        ObjectNode partial =
            Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        JsonNode metadata = object.tree().path("metadata");
        partial.set("metadata", metadata);
        row.set("object", partial);
      }
    }
    return row;
  }

  private static ObjectNode describe(Column column) {
    return Json.object()
        .put("name", column.name())
        .put("type", column.type())
        .put("format", column.format())
        .put("description", column.name())
        .put("priority", column.wide() ? 1 : 0);
  }
}
