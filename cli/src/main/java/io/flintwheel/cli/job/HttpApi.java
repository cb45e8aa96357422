package io.flintwheel.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the services, over HTTP; a refusal becomes a failure with the problem's own words. */
public final class HttpApi {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final String service;
  private final String url;
  private final Supplier<Optional<String>> remedy;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param service its name in messages
   * @param url its root, such as {@code http://127.0.0.1:8083}
   */
  public HttpApi(String service, String url) {
    this(service, url, Optional::empty);
  }

  /**
   * @param service its name in messages
   * @param url its root, such as {@code http://127.0.0.1:8083}
   * @param remedy what to do when it cannot be reached, if that is known; asked only then
   */
  public HttpApi(String service, String url, Supplier<Optional<String>> remedy) {
    this.service = service;
    this.url = url;
    this.remedy = remedy;
  }

  public String url(String path) {
    return url + path;
  }

  public JsonNode get(String path) {
    return json(send("GET", path, null));
  }

  /** The text, or empty when the service has none (404). */
  public Optional<String> findText(String path) {
    HttpResponse<byte[]> response = exchange("GET", path, null);
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(new String(requireSuccess(response).body(), StandardCharsets.UTF_8));
  }

  /** The document, or empty when the service has none (404). */
  Optional<JsonNode> find(String path) {
    HttpResponse<byte[]> response = exchange("GET", path, null);
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(json(requireSuccess(response)));
  }

  public JsonNode post(String path, @Nullable JsonNode body) {
    return json(send("POST", path, body == null ? "" : body.toString()));
  }

  public void delete(String path) {
    send("DELETE", path, null);
  }

  /** The lines of an answer that comes bit by bit; to be closed. */
  public Stream<String> lines(String path, String accept) {
    HttpRequest request = request(path).header("Accept", accept).build();
    try {
      HttpResponse<Stream<String>> response =
          http.send(request, HttpResponse.BodyHandlers.ofLines());
      if (response.statusCode() != 200) {
        try (Stream<String> body = response.body()) {
          throw refusal(response.statusCode(), String.join(" ", body.limit(20).toList()));
        }
      }
      return response.body();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    try {
      return HttpRequest.newBuilder(URI.create(url + path));
    } catch (IllegalArgumentException e) {
      throw new CliFailure(
          "The address of the %s is '%s', which is none; expected one such as http://127.0.0.1:8080"
              .formatted(service, url),
          e);
    }
  }

  private HttpResponse<byte[]> send(String method, String path, @Nullable String body) {
    return requireSuccess(exchange(method, path, body));
  }

  private HttpResponse<byte[]> exchange(String method, String path, @Nullable String body) {
    HttpRequest request =
        request(path)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpResponse<byte[]> requireSuccess(HttpResponse<byte[]> response) {
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    try {
      return EventJson.mapper().readTree(response.body());
    } catch (IOException e) {
      throw new CliFailure("The " + service + " did not answer with JSON", e);
    }
  }

  private CliFailure refusal(int status, String body) {
    return new CliFailure(
        "The %s said %d: %s".formatted(service, status, ProblemWords.ofAnswer(body)));
  }

  private CliFailure unreachable(IOException e) {
    // A refused connection has no message.
    String why = e.getMessage() == null ? "connection refused" : e.getMessage();
    return new CliFailure(
        "The %s at %s cannot be reached (%s)%s"
            .formatted(service, url, why, remedy.get().map(what -> "; " + what).orElse("")),
        e);
  }

  private CliFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CliFailure("Interrupted while talking to the " + service, e);
  }
}
