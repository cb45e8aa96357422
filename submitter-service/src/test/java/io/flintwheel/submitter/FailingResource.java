package io.flintwheel.submitter;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Fails in a way that nobody foresaw; of tests only. */
@Path("/api/v1/failing")
public class FailingResource {

  @GET
  public String fail() {
    throw new IllegalStateException("inside " + Secrets.SECRET);
  }
}
