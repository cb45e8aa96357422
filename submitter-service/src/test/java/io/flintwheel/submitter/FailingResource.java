package io.flintwheel.submitter;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Fails in a way that nobody foresaw; of tests only. */
@Path("/api/v1/failing")
public class FailingResource {

  @GET
  @Operation(hidden = true)
  public String fail() {
    throw new IllegalStateException("inside " + Secrets.SECRET);
  }
}
