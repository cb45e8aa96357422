package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.store.StoredObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * A whole answer.
 *
 * @param warnings shown to the user by kubectl
 */
record Answer(int code, String contentType, Buffer body, List<String> warnings) {

  private static final String JSON = "application/json";

  static Answer of(int code, JsonNode body) {
    return new Answer(code, JSON, Buffer.buffer(Json.bytes(body)), List.of());
  }

  static Answer of(int code, StoredObject object) {
    return new Answer(code, JSON, Buffer.buffer(object.bytes()), List.of());
  }

  static Answer json(Buffer body) {
    return new Answer(200, JSON, body, List.of());
  }

  static Answer text(int code, String text) {
    return new Answer(code, "text/plain; charset=utf-8", Buffer.buffer(text), List.of());
  }

  static Answer of(ApiFailure failure) {
    return of(failure.code(), failure.status());
  }

  Answer warning(List<String> more) {
    return new Answer(code, contentType, body, more);
  }

  void send(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(code).putHeader("content-type", contentType);
    for (String warning : warnings) {
      String quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"");
      response.headers().add("warning", "299 - \"" + quoted + "\"");
    }
    response.end(body);
  }
}
