package io.flintwheel.scheduler;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class SchedulerService {

  /**
   * Read once, by a class of the HTTP server; else a malformed URI gets an answer without a body.
   */
  private static final String LEAVE_URIS_TO_US = "vertx.disableURIValidation";

  private SchedulerService() {}

  public static void main(String... arguments) {
    System.setProperty(LEAVE_URIS_TO_US, "true");
    Quarkus.run(arguments);
  }
}
