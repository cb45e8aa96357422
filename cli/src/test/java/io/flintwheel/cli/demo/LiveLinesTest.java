package io.flintwheel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.cli.job.JobView;
import io.flintwheel.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LiveLinesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void printsOneLinePerChangeWhereThereIsNoTerminal() {
    try (LiveLines lines = LiveLines.on(out, 0, CLOCK)) {
      lines.show(job("PENDING"));
      lines.show(job("PENDING"));
      lines.show(job("RUNNING"));
    }

    assertThat(text().lines()).hasSize(2);
    assertThat(text()).doesNotContain("\u001b").contains("PENDING").contains("RUNNING");
  }

  @Test
  void rewritesOneLinePerJobOnATerminal() {
    try (LiveLines lines = LiveLines.on(out, 100, CLOCK)) {
      lines.add("pi");
      lines.add("other");
      lines.show(job("RUNNING"));
    }

    String lastDrawing = text().substring(text().lastIndexOf("\u001b[2K") + 4);
    assertThat(lastDrawing.lines()).hasSize(2);
    assertThat(lastDrawing).contains("pi", "RUNNING", "other", "REQUESTED");
  }

  @Test
  void turnsAnExpectedLineIntoTheLineOfItsJob() {
    try (LiveLines lines = LiveLines.on(out, 100, CLOCK)) {
      lines.add("pi");
      lines.expect("hourly", "waits for its first tick");
      lines.show(job("RUNNING"));
      lines.arrived("hourly", "hourly-1", "its first tick asked for hourly-1");
    }

    assertThat(text()).contains("waits for its first tick", "its first tick asked for hourly-1\n");
    String lastDrawing = text().substring(text().lastIndexOf("\u001b[2K") + 4);
    assertThat(lastDrawing.lines()).hasSize(2);
    assertThat(lastDrawing).contains("pi", "RUNNING", "hourly-1", "REQUESTED");
  }

  @Test
  void cutsALineThatWouldWrap() {
    try (LiveLines lines = LiveLines.on(out, 20, CLOCK)) {
      lines.show(job("RUNNING"));
    }

    assertThat(text().lines().map(line -> line.replaceAll("\u001b\\[[0-9][AK]", "")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(20));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JobView job(String state) {
    return new JobView(
        EventJson.mapper().createObjectNode().put("jobId", "pi").put("state", state));
  }
}
