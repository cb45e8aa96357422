package io.flintwheel.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service says of its readiness.
 *
 * @param ready whether it takes work
 * @param culprits the checks that are down, or why it cannot be asked
 */
public record Health(boolean ready, List<String> culprits) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public Health {
    culprits = List.copyOf(culprits);
  }

  static Health of(HttpClient http, String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? new Health(true, List.of())
          : new Health(false, culprits(response));
    } catch (IOException e) {
      return new Health(false, List.of("does not answer yet"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Health(false, List.of("interrupted"));
    }
  }

  private static List<String> culprits(HttpResponse<byte[]> response) throws IOException {
    List<String> down = new ArrayList<>();
    for (JsonNode check : JSON.readTree(response.body()).path("checks")) {
      if (!check.path("status").asText().equals("UP")) {
        down.add(check.path("name").asText());
      }
    }
    return down.isEmpty() ? List.of("HTTP status " + response.statusCode()) : down;
  }
}
