package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Kafka's own {@code kafka-console-producer.sh}: the same class, as a process of its own. */
final class ConsoleProducer {

  private static final String MAIN = "org.apache.kafka.tools.ConsoleProducer";

  private final String bootstrapServers;

  ConsoleProducer(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Types one line into it, which becomes the value of one record. */
  void type(String line) {
    run(line, List.of());
  }

  /** Types headers and a value into it: {@code name:value,name:value}, a tab, the value. */
  void typeWithHeaders(String headers, String value) {
    run(headers + "\t" + value, List.of("--property", "parse.headers=true"));
  }

  private void run(String line, List<String> options) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a console producer makes two records of: " + line);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of("--bootstrap-server", bootstrapServers, "--topic", Topics.JOB_REQUESTS));
    command.addAll(options);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var input = process.getOutputStream()) {
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output).doesNotContain("Exception").doesNotContain("ERROR");
    } catch (IOException e) {
      throw new UncheckedIOException("the console producer could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
