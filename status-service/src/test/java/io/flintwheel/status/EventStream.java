package io.flintwheel.status;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of a server-sent event stream. */
final class EventStream implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final InputStream body;
  private final int status;
  private final CompletableFuture<Void> end;

  private EventStream(HttpResponse<InputStream> response) {
    this.body = response.body();
    this.status = response.statusCode();
    this.end = CompletableFuture.runAsync(this::read, task -> new Thread(task, "stream").start());
  }

  static EventStream open(String path, @Nullable String lastEventId) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return new EventStream(
        HttpClient.newHttpClient()
            .send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  int status() {
    return status;
  }

  boolean hasEnded() {
    return end.isDone();
  }

  List<String> data() {
    return field("data:").toList();
  }

  List<Long> ids() {
    return field("id:").map(Long::valueOf).toList();
  }

  long comments() {
    return lines.stream().filter(line -> line.startsWith(":")).count();
  }

  /** The states of one job in the order in which they came, without repetitions. */
  List<String> states(String jobId) {
    return data().stream()
        .filter(document -> document.contains("\"jobId\":\"" + jobId + "\""))
        .map(document -> document.replaceAll(".*?\"state\":\"([A-Z_]+)\".*", "$1"))
        .distinct()
        .toList();
  }

  private Stream<String> field(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip());
  }

  private void read() {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = body.read(); c >= 0; c = body.read()) {
        if (c == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
