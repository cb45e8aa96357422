package io.flintwheel.local.apiserver.patch;

import io.flintwheel.local.apiserver.patch.FieldOwners.Writer;
import java.util.List;
import java.util.Set;

/**
 * What one writer owns by one kind of write.
 *
 * @param operation Apply or Update
 * @param subresource empty for the object itself
 * @param paths shrinks when others take over
 */
record FieldOwner(String name, String operation, String subresource, Set<List<String>> paths) {

  boolean is(Writer writer, String otherOperation) {
    return name.equals(writer.name())
        && subresource.equals(writer.subresource())
        && operation.equals(otherOperation);
  }
}
