package io.flintwheel.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flintwheel.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A service's HTTP side, asked as any client would. */
public final class ServiceHttp {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  ServiceHttp(URI base) {
    this.base = base;
  }

  /**
   * An answer.
   *
   * @param json the body when it is JSON, else a missing node
   */
  public record Answer(int status, String body, JsonNode json) {}

  public URI base() {
    return base;
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  public Answer delete(String path) {
    return send(HttpRequest.newBuilder(base.resolve(path)).DELETE());
  }

  public Answer post(String path, String json) {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** False also when nobody answers. */
  public boolean isReady() {
    return answersOk("/q/health/ready");
  }

  /** False also when nobody answers. */
  public boolean isLive() {
    return answersOk("/q/health/live");
  }

  private boolean answersOk(String path) {
    try {
      return get(path).status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
      String type = response.headers().firstValue("content-type").orElse("");
      JsonNode json =
          type.contains("json")
              ? EventJson.mapper().readTree(response.body())
              : MissingNode.getInstance();
      return new Answer(response.statusCode(), response.body(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(base + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + base, e);
    }
  }
}
