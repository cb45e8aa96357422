package io.flintwheel.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The kinds of installation that tests and benchmarks ask for. */
public final class Installations {

  private Installations() {}

  /**
   * On the local Kubernetes API, or with {@code -Pcluster} on the cluster of KUBECONFIG; not
   * started yet, and without a node.
   *
   * @param directory for data and logs; what an earlier run left there is deleted
   */
  public static FlintwheelInstallation forTests(Path projectRoot, Path directory) {
    clear(directory);
    String kind = System.getProperty("flintwheel.test.cluster", "local");
    KubernetesCluster cluster =
        switch (kind) {
          case "local" -> new LocalCluster(directory.resolve("kubernetes"));
          case "cluster" -> RealCluster.cuttable(projectRoot, directory.resolve("kubernetes"));
          default ->
              throw new IllegalArgumentException(
                  "flintwheel.test.cluster must be local or cluster, not '" + kind + "'");
        };
    return FlintwheelInstallation.prepare(projectRoot, directory, cluster);
  }

  /** On the cluster of KUBECONFIG; not started yet, and without a node. */
  public static FlintwheelInstallation onCluster(Path projectRoot, Path directory) {
    clear(directory);
    return FlintwheelInstallation.prepare(
        projectRoot, directory, RealCluster.direct(projectRoot, directory.resolve("kubernetes")));
  }

  static void clear(Path directory) {
    try {
      if (Files.exists(directory)) {
        try (Stream<Path> contents = Files.walk(directory)) {
          for (Path path : contents.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make room in " + directory, e);
    }
  }
}
