package io.flintwheel.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "jobs", mixinStandardHelpOptions = true, description = "List jobs, newest first.")
final class JobsCommand implements Runnable {

  private final Context context;

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
    List<String> query = new ArrayList<>(List.of("limit=" + limit));
    filter(query, "state", state);
    filter(query, "schedule", schedule);
    JsonNode page = context.status().get("/api/v1/jobs?" + String.join("&", query));
    if (page.path("jobs").isEmpty()) {
      context.out().println(query.size() > 1 ? "No such jobs." : "No jobs yet.");
    }
    for (JsonNode document : page.path("jobs")) {
      JobView job = new JobView(document);
      context
          .out()
          .printf(
              "%-45s %-12s %s%n",
              job.jobId(),
              document.path("namespace").asText(),
              job.line(context.clock().instant()));
    }
  }

  private static void filter(List<String> query, String name, @Nullable String value) {
    if (value != null) {
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
