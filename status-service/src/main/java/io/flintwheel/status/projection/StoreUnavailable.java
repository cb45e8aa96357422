package io.flintwheel.status.projection;

/** The database cannot be asked now. */
public final class StoreUnavailable extends Exception {

  private static final long serialVersionUID = 1L;

  public StoreUnavailable(Exception cause) {
    super("the database cannot be asked now", cause);
  }
}
