package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/** The forms in which objects can be asked for. */
public final class Representations {

  Answer one(String accept, int code, StoredObject object) {
    return Answer.of(code, object);
  }

  Answer patched(String accept, Patches.Patched patched) {
    return one(accept, patched.created() ? 201 : 200, patched.object());
  }

  Answer list(String accept, ResourceType type, Pages.Page page) {
    ObjectNode head = Json.object();
    head.put("kind", type.listKind()).put("apiVersion", type.apiVersion());
    ObjectNode metadata = head.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(page.revision()));
    if (page.next() != null) {
      metadata.put("continue", page.next()).put("remainingItemCount", page.remaining());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] start = Json.bytes(head);
    bytes.write(start, 0, start.length - 1);
    bytes.writeBytes(",\"items\":[".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    boolean first = true;
    for (StoredObject object : page.objects()) {
      if (!first) {
        bytes.write(',');
      }
      first = false;
      bytes.writeBytes(object.itemBytes());
    }
    bytes.writeBytes("]}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Answer.json(bytes.toByteArray());
  }

  Function<StoredObject, byte[]> ofWatch(String accept) {
    return StoredObject::bytes;
  }
}
