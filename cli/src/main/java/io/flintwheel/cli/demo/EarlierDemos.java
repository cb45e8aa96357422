package io.flintwheel.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.cluster.LocalEnv;
import io.flintwheel.cli.job.HttpApi;
import io.flintwheel.cli.job.NotFound;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Demos that were killed, so that they could not remove their schedule. */
public final class EarlierDemos {

  private static final int PAGE = 100;

  private final HttpApi scheduler;
  private final Consumer<String> progress;

  EarlierDemos(HttpApi scheduler, Consumer<String> progress) {
    this.scheduler = scheduler;
    this.progress = progress;
  }

  /**
   * Those in that installation.
   *
   * @param err is told what is removed
   */
  public static EarlierDemos in(LocalEnv env, PrintStream err) {
    return new EarlierDemos(
        new HttpApi("scheduler-service", env.require("FLINTWHEEL_SCHEDULER_URL")), err::println);
  }

  /** Removes what they have left; nobody has asked for it, so that no failure is told. */
  public void removeSchedules() {
    try {
      leftBehind().forEach(this::remove);
    } catch (CliFailure e) {
      // The next time, then.
    }
  }

  private List<String> leftBehind() {
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = scheduler.get("/api/v1/schedules?limit=" + PAGE + cursor);
      for (JsonNode schedule : page.path("schedules")) {
        if (DemoJobs.isLeftBehind(schedule)) {
          found.add(schedule.path("id").asText());
        }
      }
      String next = page.path("nextCursor").asText("");
      cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty());
    return found;
  }

  private void remove(String id) {
    try {
      scheduler.delete("/api/v1/schedules/" + id);
      progress.accept("Removed the schedule '" + id + "', which an interrupted demo had left.");
    } catch (NotFound e) {
      // Another demo that begins just now was faster.
    }
  }
}
