package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.StoredObject;
import io.flintwheel.local.apiserver.table.Tables;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The forms in which objects can be asked for: themselves, their metadata, or rows of a table. */
public final class Representations {

  private static final String META = "meta.k8s.io/v1";

  /** What a real server knows; whoever takes one of them takes JSON here. */
  private static final List<String> KNOWN =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

  private enum Form {
    WHOLE,
    METADATA,
    TABLE
  }

  private final Tables tables;

  public Representations(Tables tables) {
    this.tables = tables;
  }

  /**
   * Checks that a client takes a form that there is.
   *
   * @param accept the header, empty when there is none
   */
  static void requireKnown(String accept) {
    boolean known =
        Stream.of(accept.split(","))
            .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .anyMatch(range -> range.isEmpty() || range.equals("*/*") || KNOWN.contains(range));
    if (!known) {
      throw ApiFailure.notAcceptable(String.join(", ", KNOWN));
    }
  }

  Answer one(ApiRequest call, int code, StoredObject object) {
    return switch (form(call)) {
      case WHOLE -> Answer.of(code, viewed(call, object));
      case METADATA -> Answer.of(code, partial(object));
      case TABLE -> {
        ObjectNode metadata = Json.object().put("resourceVersion", object.resourceVersion());
        yield Answer.of(
            code, tables.of(object.type(), List.of(object), metadata, included(call), true));
      }
    };
  }

  Answer list(ApiRequest call, Pages.Page page) {
    ResourceType type = call.target().eventView() ? ResourceTypes.EVENTS_V1 : call.target().type();
    ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(page.revision()));
    if (page.next() != null) {
      metadata.put("continue", page.next());
      if (call.selection().isEverything()) {
        metadata.put("remainingItemCount", page.remaining());
      }
    }
    return switch (form(call)) {
      case WHOLE ->
          Answer.json(items(call, head(type.listKind(), type.apiVersion(), metadata), page));
      case METADATA -> {
        ObjectNode list = head("PartialObjectMetadataList", META, metadata);
        page.objects().forEach(object -> Json.arrayAt(list, "items").add(partial(object)));
        yield Answer.of(200, list);
      }
      case TABLE ->
          Answer.of(
              200, tables.of(call.target().type(), page.objects(), metadata, included(call), true));
    };
  }

  /** How a watch writes each object; a table names its columns once. */
  Function<StoredObject, byte[]> ofWatch(ApiRequest call) {
    return switch (form(call)) {
      case WHOLE -> object -> viewed(call, object).bytes();
      case METADATA -> object -> Json.bytes(partial(object));
      case TABLE -> {
        boolean[] named = {false};
        yield object -> {
          ObjectNode metadata = Json.object().put("resourceVersion", object.resourceVersion());
          boolean first = !named[0];
          named[0] = true;
          return Json.bytes(
              tables.of(object.type(), List.of(object), metadata, included(call), first));
        };
      }
    };
  }

  private static Buffer items(ApiRequest call, ObjectNode head, Pages.Page page) {
    byte[] start = Json.bytes(head);
    Buffer list =
        Buffer.buffer().appendBytes(start, 0, start.length - 1).appendString(",\"items\":[");
    boolean first = true;
    for (StoredObject object : page.objects()) {
      if (!first) {
        list.appendByte((byte) ',');
      }
      first = false;
      list.appendBytes(viewed(call, object).itemBytes());
    }
    return list.appendString("]}");
  }

  private static StoredObject viewed(ApiRequest call, StoredObject object) {
    return call.target().eventView() ? EventView.of(object) : object;
  }

  private static ObjectNode head(String kind, String apiVersion, ObjectNode metadata) {
    ObjectNode head = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    head.set("metadata", metadata);
    return head;
  }

  private static ObjectNode partial(StoredObject object) {
    return head("PartialObjectMetadata", META, (ObjectNode) object.copy().path("metadata"));
  }

  private static String included(ApiRequest call) {
    return call.query().getOrDefault("includeObject", "Metadata");
  }

  private static Form form(ApiRequest call) {
    String first = call.accept().split(",", 2)[0];
    if (first.contains("as=Table")) {
      return Form.TABLE;
    }
    return first.contains("as=PartialObjectMetadata") ? Form.METADATA : Form.WHOLE;
  }
}
