package io.flintwheel.local.apiserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** What the API answered. */
record Reply(int status, JsonNode body, HttpHeaders headers) {

  String text(String... path) {
    return at(path).asText();
  }

  JsonNode at(String... path) {
    JsonNode found = body;
    for (String step : path) {
      found = step.matches("\\d+") ? found.path(Integer.parseInt(step)) : found.path(step);
    }
    return found;
  }
}
