package io.flintwheel.local.node;

import java.util.Objects;

/** Why a container cannot be started, in the words that the pod's status shows. */
final class CannotStart extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whether waiting can help. */
  enum Outlook {
    /** What is missing may still come: the pod waits and the node tries again. */
    MAY_COME,
    /** This node can never run it: the container counts as ended. */
    NEVER
  }

  private final Outlook outlook;
  private final String reason;

  private CannotStart(Outlook outlook, String reason, String message) {
    super(message);
    this.outlook = Objects.requireNonNull(outlook, "outlook");
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Something that the container's environment refers to is not there (yet). */
  static CannotStart missingConfiguration(String message) {
    return new CannotStart(Outlook.MAY_COME, "CreateContainerConfigError", message);
  }

  /** A volume cannot be laid out (yet). */
  static CannotStart missingVolume(String volume, String message) {
    return new CannotStart(
        Outlook.MAY_COME,
        "FailedMount",
        "MountVolume.SetUp failed for volume \"" + volume + "\" : " + message);
  }

  /** The node runs as much as it may just now. */
  static CannotStart noRoom(String message) {
    return new CannotStart(Outlook.MAY_COME, "NoRoom", message);
  }

  /** The container asks for something that this node does not do. */
  static CannotStart unsupported(String message) {
    return new CannotStart(Outlook.NEVER, "StartError", message);
  }

  /** The machine does not start such a process, for example because its arguments hold a NUL. */
  static CannotStart refused(String message) {
    return new CannotStart(Outlook.NEVER, "StartError", message);
  }

  Outlook outlook() {
    return outlook;
  }

  String reason() {
    return reason;
  }

  String explanation() {
    return Objects.requireNonNull(getMessage(), "message");
  }
}
