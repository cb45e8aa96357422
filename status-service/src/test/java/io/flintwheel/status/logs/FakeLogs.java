package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.events.job.JobId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Logs as an API server gives them that can be away. */
final class FakeLogs implements LogSource {

  static final DriverContainer DRIVER =
      new DriverContainer(new JobId("pi"), 1, "default", "pi-driver", "uid", "spark");

  /** How many of the next questions are not answered. */
  final AtomicInteger outages = new AtomicInteger();

  volatile Optional<String> content = Optional.empty();
  volatile boolean cut;
  volatile Supplier<InputStream> following = InputStream::nullInputStream;

  @Override
  public Optional<LogEnd> tail(DriverContainer driver, int lines, int mostBytes) {
    answerOrNot();
    return content.map(text -> new LogEnd(text.getBytes(StandardCharsets.UTF_8), cut));
  }

  @Override
  public Optional<InputStream> follow(DriverContainer driver, int lines) {
    answerOrNot();
    return content.map(text -> following.get());
  }

  private void answerOrNot() {
    if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new KubernetesClientException("away");
    }
  }

  /** Settings with which nothing is waited for. */
  record Settings(int readers, int followers) implements LogConfig {

    @Override
    public Duration snapshotEvery() {
      return Duration.ofHours(1);
    }

    @Override
    public int snapshotLines() {
      return 10;
    }

    @Override
    public int stopping() {
      return followers;
    }

    @Override
    public Duration longestRetry() {
      return Duration.ofMillis(5);
    }
  }
}
