package io.flintwheel.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code testbed} command, for faults that no API offers. */
final class Testbed {

  private Testbed() {}

  /**
   * @param action kill, start, stop or cont
   */
  static void fault(Path projectRoot, String server, String action) {
    List<String> command =
        new ArrayList<>(List.of(projectRoot.resolve("testbed/testbed").toString()));
    command.addAll(List.of("fault", server, action));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "this test takes the API server away, which needs the testbed of TESTBED_DIR: "
                + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run the testbed command", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the testbed command", e);
    }
  }
}
