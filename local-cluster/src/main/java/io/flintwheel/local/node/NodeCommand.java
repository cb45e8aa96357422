package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs a process node on its own, joined to any cluster. */
public final class NodeCommand {

  private static final String USAGE =
      "usage: NodeCommand --kubeconfig FILE --pki DIR --image DIR --work DIR"
          + " [--name NAME] [--user-jars DIR] [--drivers N] [--cpus N] [--memory MEBIBYTES]";
  private static final int BAD_USAGE = 2;

  private NodeCommand() {}

  /**
   * Joins and stays until the process is told to end; its containers then go on and are adopted by
   * the next run with the same work directory.
   *
   * @param arguments options with their values, as the usage line names them
   * @throws IOException when the image, the work directory or the authority cannot be used
   * @throws InterruptedException when the thread is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (List.of(arguments).equals(List.of("--help"))) {
      System.out.println(USAGE);
      return;
    }
    ProcessNodeConfig config;
    try {
      config = parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(BAD_USAGE);
      return;
    }
    ProcessNode node = ProcessNode.start(config);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.detach();
                  stopped.countDown();
                }));
    stopped.await();
  }

  static ProcessNodeConfig parse(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!arguments.get(i).startsWith("--") || i + 1 == arguments.size()) {
        throw new IllegalArgumentException("not an option with a value: " + arguments.get(i));
      }
      options.put(arguments.get(i).substring(2), arguments.get(i + 1));
    }
    ProcessNodeConfig config =
        ProcessNodeConfig.of(
            required(options, "kubeconfig"),
            required(options, "pki"),
            required(options, "image"),
            required(options, "work"));
    if (options.containsKey("name")) {
      config = config.named(options.remove("name"));
    }
    if (options.containsKey("user-jars")) {
      config = config.withUserJars(Path.of(options.remove("user-jars")));
    }
    String drivers = options.remove("drivers");
    String cpus = options.remove("cpus");
    String memory = options.remove("memory");
    config =
        config.withRoom(
            drivers == null ? config.drivers() : Integer.parseInt(drivers),
            cpus == null ? config.cpus() : Integer.parseInt(cpus),
            memory == null ? config.memoryMebibytes() : Long.parseLong(memory));
    if (!options.isEmpty()) {
      throw new IllegalArgumentException("unknown options: " + options.keySet());
    }
    return config;
  }

  private static Path required(Map<String, String> options, String name) {
    String value = options.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return Path.of(value);
  }
}
