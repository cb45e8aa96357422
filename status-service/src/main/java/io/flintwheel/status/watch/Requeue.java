package io.flintwheel.status.watch;

/** Where pods are put that want to be looked at. */
interface Requeue {

  /** As soon as possible. */
  void add(String uid);

  /** Later, and the later the more often it failed in a row. */
  void addAfterFailure(String uid);

  /** Forgets that it ever failed. */
  void succeeded(String uid);
}
