package io.flintwheel.local.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks for what a container wants to run among what this machine has. */
final class Executables {

  private static final long PYTHON_SECONDS = 20;

  private Executables() {}

  /** The executable's path: as named, or the first of that name on the container's PATH. */
  static String find(String name, Map<String, String> environment, Path workingDirectory)
      throws CannotStart {
    if (name.contains("/")) {
      Path file = workingDirectory.resolve(name);
      if (isExecutable(file)) {
        return file.toString();
      }
      throw CannotStart.unsupported(
          "exec: \"" + name + "\": not an executable file of this machine");
    }
    for (String directory : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(directory, name);
      if (!directory.isEmpty() && isExecutable(file)) {
        return file.toString();
      }
    }
    throw CannotStart.unsupported(
        "exec: \"" + name + "\": executable file not found in $PATH of this machine");
  }

  /** Python applications need PySpark, which is not part of Spark's jars. */
  static void requirePySpark(Map<String, String> environment, Path workingDirectory)
      throws CannotStart, IOException {
    String python =
        environment.getOrDefault(
            "PYSPARK_DRIVER_PYTHON", environment.getOrDefault("PYSPARK_PYTHON", "python3"));
    var builder =
        new ProcessBuilder(
            List.of(find(python, environment, workingDirectory), "-c", "import pyspark"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(workingDirectory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(new File("/dev/null"));
    Process process = builder.start();
    try {
      if (process.waitFor(PYTHON_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    throw CannotStart.unsupported(
        python + " on this machine has no module pyspark: pip install pyspark");
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
