package io.flintwheel.local.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object. Its tree is never changed again: whoever wants another version copies
 * it first.
 */
public final class StoredObject {

  private final ResourceType type;
  private final ObjectKey key;
  private final ObjectNode tree;
  private byte @Nullable [] bytes;

  /**
   * A version of an object.
   *
   * @param tree begins with apiVersion and kind, in this order
   */
  public StoredObject(ResourceType type, ObjectKey key, ObjectNode tree) {
    this.type = type;
    this.key = key;
    this.tree = tree;
  }

  public ResourceType type() {
    return type;
  }

  public ObjectKey key() {
    return key;
  }

  public ObjectNode tree() {
    return tree;
  }

  /** A tree that may be changed. */
  public ObjectNode copy() {
    return tree.deepCopy();
  }

  public String uid() {
    return Json.textOrEmpty(tree, "metadata", "uid");
  }

  public String resourceVersion() {
    return Json.textOrEmpty(tree, "metadata", "resourceVersion");
  }

  public boolean terminating() {
    return tree.path("metadata").has("deletionTimestamp");
  }

  /** The object as JSON, written once for all who read or watch it. */
  public byte[] bytes() {
    byte[] written = bytes;
    if (written == null) {
      written = Json.bytes(tree);
      bytes = written;
    }
    return written;
  }

  /** The object as JSON without apiVersion and kind, as lists show their items. */
  public byte[] itemBytes() {
    byte[] whole = bytes();
    byte[] prefix =
        ("{\"apiVersion\":\"" + type.apiVersion() + "\",\"kind\":\"" + type.kind() + "\",")
            .getBytes(StandardCharsets.UTF_8);
    if (whole.length <= prefix.length
        || !Arrays.equals(whole, 0, prefix.length, prefix, 0, prefix.length)) {
      return whole;
    }
    byte[] item = new byte[whole.length - prefix.length + 1];
    item[0] = '{';
    System.arraycopy(whole, prefix.length, item, 1, item.length - 1);
    return item;
  }
}
