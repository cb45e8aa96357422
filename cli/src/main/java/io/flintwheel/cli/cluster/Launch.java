package io.flintwheel.cli.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a part is started.
 *
 * @param jar what must have been built
 * @param command the JVM and its arguments
 * @param environment added to this process's own
 */
record Launch(Part part, Path jar, List<String> command, Map<String, String> environment) {

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
