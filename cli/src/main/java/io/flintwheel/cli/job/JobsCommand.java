package io.flintwheel.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "jobs", mixinStandardHelpOptions = true, description = "List jobs, newest first.")
final class JobsCommand implements Runnable {

  /** The most that the service gives at once. */
  private static final int PAGE = 500;

  private static final int REASON = 160;

  private final Context context;
  private boolean untakenTold;

  @Option(names = "--limit", defaultValue = "20", description = "How many (default: 20)")
  int limit;

  @Option(names = "--state", description = "Only jobs in this state, such as RUNNING")
  @Nullable String state;

  @Option(names = "--schedule", description = "Only jobs of this schedule")
  @Nullable String schedule;

  JobsCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    if (limit < 1) {
      throw new CliFailure("--limit is " + limit + "; expected at least 1");
    }
    List<String> filters = new ArrayList<>();
    filter(filters, "state", state);
    filter(filters, "schedule", schedule);
    int shown = 0;
    String cursor = "";
    do {
      JsonNode page = page(filters, Math.min(limit - shown, PAGE), cursor);
      page.path("jobs").forEach(this::print);
      shown += page.path("jobs").size();
      cursor = page.path("nextCursor").asText("");
    } while (!cursor.isEmpty() && shown < limit);
    if (shown == 0) {
      context.out().println(filters.isEmpty() ? "No jobs yet." : "No such jobs.");
    }
    if (!cursor.isEmpty()) {
      context.err().printf("These are the newest %d; there are more, see --limit.%n", shown);
    }
  }

  private JsonNode page(List<String> filters, int size, String cursor) {
    List<String> query = new ArrayList<>(filters);
    query.add("limit=" + size);
    filter(query, "cursor", cursor.isEmpty() ? null : cursor);
    return context.status().get("/api/v1/jobs?" + String.join("&", query));
  }

  private void print(JsonNode document) {
    JobView job = new JobView(document);
    Instant now = context.clock().instant();
    context
        .out()
        .printf(
            "%-45s %-12s %s%s%n",
            job.jobId(),
            document.path("namespace").asText(),
            job.line(now),
            job.failure().map(why -> "  " + shortened(why)).orElse(""));
    Duration age = job.elapsed(now);
    if (job.requested() && age.compareTo(UntakenRequest.TELL_AFTER) > 0 && !untakenTold) {
      untakenTold = true;
      context.err().println(UntakenRequest.words(job.jobId(), age, context.submitterRemedy()));
    }
  }

  /** The first line, and of it as much as a wide terminal shows. */
  private static String shortened(String why) {
    String line = why.lines().findFirst().orElse("");
    return line.length() <= REASON ? line : line.substring(0, REASON) + "...";
  }

  private static void filter(List<String> query, String name, @Nullable String value) {
    if (value != null) {
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
