package io.flintwheel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.http.ProblemDetails;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Answers requests that are so wrong that they reach no resource: the server below would do so
 * without a word.
 */
@Singleton
final class Doorkeeper {

  /** Before the server's own limits. */
  private static final int FIRST = 100;

  /** So long the rest of a refused request is read. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final LargestBody largestBody;

  Doorkeeper(LargestBody largestBody) {
    this.largestBody = largestBody;
  }

  void watch(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    RequestHead.problemOfUri(request.uri())
        .or(() -> problemOfBody(request))
        .or(() -> RequestHead.problemOfAccept(request.headers().getAll(HttpHeaders.ACCEPT)))
        .ifPresentOrElse(problem -> answer(context, problem), () -> pass(context));
  }

  private Optional<ProblemDetails> problemOfBody(HttpServerRequest request) {
    return RequestHead.problemOfLength(
        request.getHeader(HttpHeaders.CONTENT_LENGTH), largestBody.bytes());
  }

  private static void pass(RoutingContext context) {
    MultiMap headers = context.request().headers();
    // One that is empty says no more than one that is absent.
    if (headers.getAll(HttpHeaders.ACCEPT).stream().allMatch(String::isBlank)) {
      headers.remove(HttpHeaders.ACCEPT);
    }
    context.next();
  }

  private void answer(RoutingContext context, ProblemDetails problem) {
    HttpServerRequest request = context.request();
    HttpConnection connection = request.connection();
    var unused =
        context
            .response()
            .setStatusCode(problem.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
            .putHeader(HttpHeaders.CONNECTION, "close")
            .end(text(problem))
            // Who is still sending would lose the answer if the connection was closed at once.
            .eventually(() -> request.handler(rest -> {}).resume().end())
            .eventually(() -> connection.close());
    context.vertx().setTimer(PATIENCE_MILLIS, late -> connection.close());
  }

  private static String text(ProblemDetails problem) {
    try {
      return EventJson.mapper().writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem of ours can be written as JSON", e);
    }
  }
}
