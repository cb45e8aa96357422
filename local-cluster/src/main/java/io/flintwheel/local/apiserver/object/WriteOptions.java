package io.flintwheel.local.apiserver.object;

import io.flintwheel.local.apiserver.patch.FieldOwners.Writer;

/**
 * How a new object is to be written.
 *
 * @param applied true when a server-side apply makes it
 */
public record WriteOptions(Writer writer, boolean dryRun, boolean applied) {

  /** For what the control plane itself makes. */
  public static final WriteOptions CONTROL_PLANE =
      new WriteOptions(new Writer("flintwheel-control-plane", ""), false, false);
}
