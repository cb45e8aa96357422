package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogIT {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path root;
  private ContainerDirectory directory;

  @BeforeEach
  void openDirectory() throws IOException {
    directory = ContainerDirectory.create(root.resolve("main"));
    Files.createFile(directory.log());
  }

  @Test
  void givesTheLastLinesOfALogOfManyChunks() throws Exception {
    write(
        IntStream.range(0, 50_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"))
            + "\n");

    String tail = read("tailLines=2");

    assertThat(tail).isEqualTo("line 49998\nline 49999\n");
  }

  @Test
  void countsALastLineThatIsNotFinished() throws Exception {
    write("one\ntwo\nthr");

    String tail = read("tailLines=2");

    assertThat(tail).isEqualTo("two\nthr");
  }

  @Test
  void givesNothingOfNoLines() throws Exception {
    write("one\n");

    String tail = read("tailLines=0");

    assertThat(tail).isEmpty();
  }

  @Test
  void stopsAtTheLimitOfBytes() throws Exception {
    write("0123456789");

    String limited = read("limitBytes=4");

    assertThat(limited).isEqualTo("0123");
  }

  @Test
  void tellsWhenEachLineWasWritten() throws Exception {
    writeAt("early\n", START);
    writeAt("late\n", START.plusSeconds(9));

    String stamped = read("timestamps=true");

    assertThat(stamped)
        .isEqualTo("2026-01-01T00:00:00.000000000Z early\n2026-01-01T00:00:09.000000000Z late\n");
  }

  @Test
  void leavesOutWhatWasWrittenBefore() throws Exception {
    writeAt("early\n", START);
    writeAt("late\n", START.plusSeconds(9));

    String recent = read("sinceTime=2026-01-01T00:00:05Z");

    assertThat(recent).isEqualTo("late\n");
  }

  @Test
  void keepsWholeLinesAndBytesForATerminationMessage() throws IOException {
    write("one\ntwo\nthree\n");

    String tail = new ContainerLog(directory, Clock.systemUTC()).tail(2, 2048);

    assertThat(tail).isEqualTo("two\nthree\n");
  }

  private void writeAt(String text, Instant when) throws IOException {
    var times = new LogTimes(directory);
    write(text);
    times.note(when);
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.log(), text, StandardOpenOption.APPEND);
  }

  private String read(String query) throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    Clock clock = Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC);
    new ContainerLog(directory, clock)
        .copy(LogRequest.parse(query, clock.instant()), () -> false, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
