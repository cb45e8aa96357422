package io.flintwheel.local.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A container as a process of this machine.
 *
 * @param arguments the executable's path and its arguments
 * @param environment all of it; nothing is inherited from the node
 * @param workingDirectory where it starts
 */
record ContainerCommand(
    List<String> arguments, Map<String, String> environment, Path workingDirectory) {

  ContainerCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("arguments are empty: a command needs an executable");
    }
  }
}
