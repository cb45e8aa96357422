package io.flintwheel.local.node;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory laid out as {@code /opt/spark} of Spark's image; made by the module local-image.
 *
 * @param jars Spark's class path, in a fixed order, because class-data sharing depends on it
 * @param moduleOptions what Spark's launcher opens of the JDK's modules
 */
record SparkImage(Path directory, List<Path> jars, List<String> moduleOptions) {

  SparkImage {
    jars = List.copyOf(jars);
    moduleOptions = List.copyOf(moduleOptions);
  }

  /**
   * @throws IllegalArgumentException when the directory holds no Spark
   */
  static SparkImage at(Path directory) throws IOException {
    Path jarDirectory = directory.resolve("jars");
    if (!Files.isDirectory(jarDirectory)) {
      throw new IllegalArgumentException(
          "no Spark image at " + directory + ": mvn -Dquick -pl local-image package makes one");
    }
    try (Stream<Path> files = Files.list(jarDirectory)) {
      List<Path> jars = files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
      return new SparkImage(directory, jars, moduleOptionsOf(jars));
    }
  }

  /** The jars as a JVM takes them. */
  String classPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  // Asked of this image's launcher, so that another version of Spark gets its own options.
  private static List<String> moduleOptionsOf(List<Path> jars) throws IOException {
    Path launcher =
        jars.stream()
            .filter(jar -> jar.getFileName().toString().startsWith("spark-launcher_"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the image has no spark-launcher jar"));
    try (var loader =
        new URLClassLoader(
            new URL[] {launcher.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Method options =
          loader
              .loadClass("org.apache.spark.launcher.JavaModuleOptions")
              .getMethod("defaultModuleOptions");
      return OptionString.split((String) options.invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("the launcher of this Spark is not known: " + launcher, e);
    }
  }
}
