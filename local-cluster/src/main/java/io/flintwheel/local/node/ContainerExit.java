package io.flintwheel.local.node;

import java.time.Instant;

/**
 * How a container ended.
 *
 * @param code as a shell tells it: 128 + the signal for a process that a signal ended
 * @param reason the word of the container's status
 * @param message what the container left to say, or why it is not known
 */
record ContainerExit(
    int code, String reason, String message, Instant startedAt, Instant finishedAt) {

  private static final int START_ERROR = 128;

  static ContainerExit of(int code, Instant startedAt, Instant finishedAt) {
    return new ContainerExit(code, code == 0 ? "Completed" : "Error", "", startedAt, finishedAt);
  }

  /** Nobody recorded the end. */
  static ContainerExit unknown(Instant startedAt, Instant now) {
    return new ContainerExit(
        ContainerProcess.KILLED,
        "ContainerStatusUnknown",
        "The container could not be located when the pod was looked at",
        startedAt,
        now);
  }

  static ContainerExit neverStarted(CannotStart why, Instant now) {
    return new ContainerExit(START_ERROR, why.reason(), why.explanation(), now, now);
  }

  ContainerExit withMessage(String text) {
    return new ContainerExit(code, reason, text, startedAt, finishedAt);
  }

  /** The node itself ended it, for its memory. */
  ContainerExit outOfMemory() {
    return new ContainerExit(code, "OOMKilled", message, startedAt, finishedAt);
  }

  boolean succeeded() {
    return code == 0;
  }
}
