package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything local is.
 *
 * @param root the checkout
 * @param directory all data and logs: {@code .flintwheel}, or what {@code FLINTWHEEL_HOME} says
 */
public record Home(Path root, Path directory) {

  /** The home that the start script handed over. */
  public static Home from(Map<String, String> environment) {
    String root = environment.get("FLINTWHEEL_ROOT");
    if (root == null) {
      throw new CliFailure("FLINTWHEEL_ROOT is not set; start Flintwheel with ./flintwheel");
    }
    String directory = environment.getOrDefault("FLINTWHEEL_HOME", "");
    Path checkout = Path.of(root).toAbsolutePath().normalize();
    return new Home(
        checkout,
        directory.isBlank()
            ? checkout.resolve(".flintwheel")
            : Path.of(directory).toAbsolutePath().normalize());
  }

  /** Makes the directories that users and parts expect. */
  Home create() {
    try {
      for (String name : new String[] {"data", "logs", "run", "cds", "jars"}) {
        Files.createDirectories(directory.resolve(name));
      }
      return this;
    } catch (IOException e) {
      throw new CliFailure("Cannot make " + directory + ": " + FileTrouble.of(directory, e), e);
    }
  }

  public Path logs() {
    return directory.resolve("logs");
  }

  public Path log(Part part) {
    return logs().resolve(part.id() + ".log");
  }

  Path run() {
    return directory.resolve("run");
  }

  /** Written by the local cluster when it is ready. */
  Path announcement() {
    return run().resolve("local-cluster.env");
  }

  Path data() {
    return directory.resolve("data");
  }

  Path archives() {
    return directory.resolve("cds");
  }

  /** Made by the local cluster; its credentials end with it. */
  Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  public Path localEnv() {
    return directory.resolve("local.env");
  }
}
