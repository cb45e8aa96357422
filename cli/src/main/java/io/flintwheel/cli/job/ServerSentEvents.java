package io.flintwheel.cli.job;

import java.util.Iterator;
import java.util.function.Predicate;

/** Reads a {@code text/event-stream}. */
final class ServerSentEvents {

  private ServerSentEvents() {}

  /**
   * Hands over the data of each event.
   *
   * @param consumer says whether it wants more
   */
  static void read(Iterator<String> lines, Predicate<String> consumer) {
    StringBuilder data = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(line.substring("data:".length()).strip());
      } else if (line.isEmpty() && !data.isEmpty()) {
        if (!consumer.test(data.toString())) {
          return;
        }
        data.setLength(0);
      }
    }
  }
}
