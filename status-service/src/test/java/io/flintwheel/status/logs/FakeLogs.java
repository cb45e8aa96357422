package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.events.job.JobId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Logs as an API server gives them that can be away. */
final class FakeLogs implements LogSource {

  static final DriverContainer DRIVER = driverOfPod("uid");

  /** How many of the next questions are not answered. */
  final AtomicInteger outages = new AtomicInteger();

  /** The uids of pods that are gone. */
  final Set<String> gone = ConcurrentHashMap.newKeySet();

  volatile Optional<String> content = Optional.empty();
  volatile boolean cut;
  volatile Supplier<InputStream> following = InputStream::nullInputStream;

  @Override
  public Optional<LogEnd> tail(DriverContainer driver, int lines, int mostBytes) {
    answerOrNot();
    return content
        .filter(text -> !gone.contains(driver.uid()))
        .map(text -> new LogEnd(end(text, lines, mostBytes), cut));
  }

  @Override
  public Optional<InputStream> follow(DriverContainer driver, int lines) {
    answerOrNot();
    return content.map(text -> following.get());
  }

  /** The driver of the same attempt of the same job, in the pod with this uid. */
  static DriverContainer driverOfPod(String uid) {
    return new DriverContainer(new JobId("pi"), 1, "default", "pi-driver", uid, "spark");
  }

  private static byte[] end(String text, int lines, int mostBytes) {
    List<String> all = text.lines().toList();
    if (all.size() <= lines && text.length() <= mostBytes) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String last = String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    return last.substring(Math.max(0, last.length() - mostBytes)).getBytes(StandardCharsets.UTF_8);
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
