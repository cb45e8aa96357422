package io.flintwheel.status.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * Answers requests that are so wrong that they reach no resource: the server below would do so
 * without a word.
 */
@Singleton
final class Doorkeeper {

  /** The limit of the server is above it, and its answer has no body. */
  private static final int LONGEST_URI = 8 * 1024;

  /** The same as the server's, whose answer has no body. */
  private static final long LARGEST_BODY = 64 * 1024L;

  /** Before the server's own limits. */
  private static final int FIRST = 100;

  private static final String UNREADABLE =
      "the URI cannot be read: characters other than letters, digits and -._~ are written as the"
          + " %XX of their UTF-8 bytes, '%' itself as %25";

  private final ObjectMapper json;

  Doorkeeper(ObjectMapper json) {
    this.json = json;
  }

  void watch(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (isMalformed(request.uri())) {
      answer(context, ProblemDetails.of(400, UNREADABLE));
    } else if (request.uri().length() > LONGEST_URI) {
      answer(
          context,
          ProblemDetails.of(
              414, new Problem("", "the URI is too long", "at most " + LONGEST_URI + " bytes")));
    } else if (bodyOf(request) > LARGEST_BODY) {
      answer(context, ProblemDetails.of(413, "the body is too large; no request needs one"));
    } else if (isUnreadable(request.headers())) {
      answer(
          context,
          ProblemDetails.of(
              400, new Problem("Accept", "it has no media types", "such as application/json")));
    } else {
      context.next();
    }
  }

  private static boolean isMalformed(String uri) {
    try {
      var unused = new URI(uri);
      return false;
    } catch (URISyntaxException e) {
      return true;
    }
  }

  private static long bodyOf(HttpServerRequest request) {
    try {
      String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** One that is empty says no more than one that is absent. */
  private static boolean isUnreadable(MultiMap headers) {
    List<String> accepted = headers.getAll(HttpHeaders.ACCEPT);
    if (accepted.stream().allMatch(String::isBlank)) {
      headers.remove(HttpHeaders.ACCEPT);
      return false;
    }
    try {
      for (String header : accepted) {
        for (String type : header.split(",", -1)) {
          String quality = MediaType.valueOf(type.strip()).getParameters().getOrDefault("q", "1");
          Float.parseFloat(quality);
        }
      }
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private void answer(RoutingContext context, ProblemDetails problem) {
    // What is left of the request is not read.
    var unused =
        context
            .response()
            .setStatusCode(problem.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
            .putHeader(HttpHeaders.CONNECTION, "close")
            .end(ProblemBody.of(problem, json))
            .eventually(() -> context.request().connection().close());
  }
}
