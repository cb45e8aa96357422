package io.flintwheel.status.logs;

/** Told by the watch of what drivers do, so that their logs outlive their pods. */
public interface DriverLogs {

  /** The end of a driver's log for an explanation of its failure; empty when there is none. */
  String tail(DriverContainer driver);

  /** The driver runs. */
  void running(DriverContainer driver);

  /** The driver was told to stop and may be gone soon. */
  void stopping(DriverContainer driver);

  /** The driver has ended; its pod is still there. */
  void ended(DriverContainer driver);

  /** The driver's pod is gone. */
  void gone(DriverContainer driver);
}
