package io.flintwheel.local.apiserver.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The events of an open watch, in their order. */
final class EventStream implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;
  private static final String END = "";

  private final int status;
  private final Stream<String> lines;
  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

  EventStream(HttpResponse<Stream<String>> response) {
    status = response.statusCode();
    lines = response.body();
    Thread reader =
        new Thread(
            () -> {
              try {
                lines.forEach(queue::add);
              } catch (UncheckedIOException e) {
                // Closed by the test; what came before is in the queue.
              }
              queue.add(END);
            },
            "watch-reader");
    reader.setDaemon(true);
    reader.start();
  }

  int status() {
    return status;
  }

  /** The next event; fails when none comes. */
  JsonNode next() {
    try {
      String line = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("no event came in " + PATIENCE_SECONDS + " s");
      }
      if (line.equals(END)) {
        throw new AssertionError("the watch has ended");
      }
      return RunningApi.json(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The next event that is not a bookmark, as {@code TYPE name}. */
  String nextShown() {
    JsonNode event = next();
    while (event.path("type").asText().equals("BOOKMARK")) {
      event = next();
    }
    return event.path("type").asText()
        + " "
        + event.path("object").path("metadata").path("name").asText();
  }

  /** Waits until the server ends the watch; answers what came until then. */
  List<JsonNode> untilEnd() {
    List<JsonNode> events = new ArrayList<>();
    try {
      while (true) {
        String line = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError("the watch did not end");
        }
        if (line.equals(END)) {
          return events;
        }
        events.add(RunningApi.json(line));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
