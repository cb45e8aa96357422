package io.flintwheel.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measured spans, told as median, 99th percentile and extremes. */
final class Latencies {

  private final List<Duration> spans = new ArrayList<>();

  void add(Duration span) {
    spans.add(span);
  }

  /** The span that this share of all spans does not exceed (nearest rank). */
  Duration percentile(double share) {
    if (spans.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Duration> sorted = new ArrayList<>(spans);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** One row of a Markdown table. */
  String row(String what) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s |",
        what,
        spans.size(),
        milliseconds(percentile(0)),
        milliseconds(percentile(0.5)),
        milliseconds(percentile(0.99)),
        milliseconds(percentile(1)));
  }

  static String header() {
    return "| what | n | min ms | median ms | p99 ms | max ms |\n|---|---|---|---|---|---|";
  }

  private static String milliseconds(Duration span) {
    return String.format(Locale.ROOT, "%.1f", span.toNanos() / 1e6);
  }
}
