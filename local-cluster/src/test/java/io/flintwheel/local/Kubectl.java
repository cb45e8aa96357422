package io.flintwheel.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A real kubectl on one cluster and namespace: the one on the PATH, else the testbed's, for whose
 * first build Go is needed.
 */
public final class Kubectl {

  private static final List<String> COMMAND = command();

  private final Path kubeconfig;
  private final String namespace;
  private final Path directory;

  /** What it printed, on both streams, and its exit code. */
  public record Output(int code, String text) {}

  /**
   * @param directory for its output and its cache
   */
  public Kubectl(Path kubeconfig, String namespace, Path directory) {
    this.kubeconfig = kubeconfig;
    this.namespace = namespace;
    this.directory = directory;
  }

  public Output run(String... arguments) {
    try {
      Path output = Files.createTempFile(directory, "kubectl", ".out");
      int code = start(output, arguments).waitFor();
      return new Output(code, Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException("kubectl's output cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Starts one that may take long, such as a watch.
   *
   * @param output where it prints to
   */
  public Process start(Path output, String... arguments) {
    List<String> command = new ArrayList<>(COMMAND);
    command.addAll(List.of(arguments));
    command.addAll(List.of("-n", namespace, "--request-timeout=60s"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("KUBECACHEDIR", directory.resolve("cache").toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("kubectl cannot be run", e);
    }
  }

  private static List<String> command() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(kubectl -> List.of(kubectl.toString()))
        .orElseGet(
            () ->
                List.of(
                    Path.of(System.getProperty("flintwheel.root"), "testbed/testbed").toString(),
                    "kubectl"));
  }
}
