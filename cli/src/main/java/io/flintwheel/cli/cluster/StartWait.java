package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waiting until parts that have been started, now or earlier, are ready. */
final class StartWait {

  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final Duration TELL_AFTER = Duration.ofSeconds(5);
  private static final String ENDED_EARLY = "ended while it was starting";

  private final Home home;
  private final HttpClient http;
  private final Consumer<String> progress;
  private final Duration tellAfter;

  /**
   * @param progress is told what is waited for when that takes more than 5 s
   */
  StartWait(Home home, HttpClient http, Consumer<String> progress) {
    this(home, http, progress, TELL_AFTER);
  }

  /**
   * @param tellAfter how long a part may take before {@code progress} is told
   */
  StartWait(Home home, HttpClient http, Consumer<String> progress, Duration tellAfter) {
    this.home = home;
    this.http = http;
    this.progress = progress;
    this.tellAfter = tellAfter;
  }

  /** Returns what the local cluster tells of itself when it is ready. */
  LocalEnv localCluster() {
    PartProcess process = process(Part.LOCAL_CLUSTER);
    until(
        process,
        () ->
            Files.exists(home.announcement())
                ? new Health(true, List.of())
                : new Health(false, List.of("is starting")));
    return LocalEnv.read(home.announcement())
        .orElseThrow(() -> process.failure("has just been stopped"));
  }

  /**
   * Returns when a service is ready.
   *
   * @param url its root
   */
  void service(Part part, String url) {
    until(process(part), () -> Health.of(http, url));
  }

  /** A frozen part would be waited for in vain, or the others because of it. */
  private void requireNoneFrozen() {
    for (Part part : Part.values()) {
      process(part).requireNotFrozen();
    }
  }

  private void until(PartProcess process, Supplier<Health> look) {
    Health[] last = {new Health(false, List.of())};
    long tellAt = System.nanoTime() + tellAfter.toNanos();
    boolean[] told = {false};
    Await.until(
        TIMEOUT,
        () -> {
          requireNoneFrozen();
          last[0] = look.get();
          return last[0].ready();
        },
        () -> {
          process.requireAlive(ENDED_EARLY);
          if (!told[0] && System.nanoTime() > tellAt) {
            told[0] = true;
            progress.accept("Waiting for " + process.part().id() + " (" + why(last[0]) + ")");
          }
        },
        () -> notReady(process, last[0]));
  }

  private static CliFailure notReady(PartProcess process, Health last) {
    return process.failure(
        "is not ready after %d s (%s)".formatted(TIMEOUT.toSeconds(), why(last)));
  }

  private static String why(Health health) {
    return String.join(", ", health.culprits());
  }

  private PartProcess process(Part part) {
    return new PartProcess(home, part);
  }
}
