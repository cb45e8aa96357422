package io.flintwheel.status;

import io.flintwheel.events.http.ProblemDetails;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Fails in every way in which a resource of this service could; part of the tests alone. */
@Path("/test/fails")
@Blocking
public class FailingResource {

  static final String SECRET = "the-password-is-4711";

  @GET
  @Operation(hidden = true)
  @Path("at-once")
  @Produces({MediaType.APPLICATION_JSON, ProblemDetails.MEDIA_TYPE})
  public String atOnce() throws IOException {
    throw new IOException(SECRET);
  }

  @GET
  @Operation(hidden = true)
  @Path("with-an-error")
  @Produces(MediaType.TEXT_PLAIN)
  public String withAnError() {
    throw new StackOverflowError(SECRET);
  }

  @GET
  @Operation(hidden = true)
  @Path("before-the-first-byte")
  @Produces(MediaType.TEXT_PLAIN)
  public StreamingOutput beforeTheFirstByte() {
    return out -> {
      throw new IOException(SECRET);
    };
  }

  @GET
  @Operation(hidden = true)
  @Path("while-streaming")
  @Produces(MediaType.TEXT_PLAIN)
  public StreamingOutput whileStreaming() {
    return out -> {
      out.write(new byte[100_000]);
      out.flush();
      throw new IOException(SECRET);
    };
  }

  @GET
  @Operation(hidden = true)
  @Path("while-streaming-with-a-defect")
  @Produces(MediaType.TEXT_PLAIN)
  public StreamingOutput whileStreamingWithADefect() {
    return out -> {
      out.write(new byte[100_000]);
      out.flush();
      throw new IllegalStateException(SECRET);
    };
  }

  @GET
  @Operation(hidden = true)
  @Path("before-the-first-event")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<String> beforeTheFirstEvent() {
    return Multi.createFrom().failure(new IOException(SECRET));
  }

  @GET
  @Operation(hidden = true)
  @Path("between-events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<String> betweenEvents() {
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().item("one"), Multi.createFrom().failure(new IOException(SECRET)));
  }
}
