package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of one container: its working directory, its log, and what is known of its process. */
record ContainerDirectory(Path root) {

  static ContainerDirectory create(Path root) throws IOException {
    var directory = new ContainerDirectory(root);
    Files.createDirectories(directory.work());
    return directory;
  }

  /** Where the container starts; Spark's driver copies its jar here. */
  Path work() {
    return root.resolve("work");
  }

  /** Standard output and standard error, in the order in which they were written. */
  Path log() {
    return root.resolve("log");
  }

  Path logTimes() {
    return root.resolve("log.times");
  }

  /** What the container writes to its terminationMessagePath. */
  Path terminationMessage() {
    return root.resolve("termination-log");
  }

  /** Written by run-container.sh: the process id of the container's first process. */
  Path pid() {
    return root.resolve("pid");
  }

  /** Written by run-container.sh when the container has ended: its exit code. */
  Path exit() {
    return root.resolve("exit");
  }

  /** Written before the process starts, so that a container is never started twice. */
  Path started() {
    return root.resolve("started");
  }
}
