package io.flintwheel.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all test classes of the run the same {@link Flintwheel}; it ends with the run. */
final class SharedInstallation implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedInstallation.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Flintwheel.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Flintwheel.class, key -> start(), Flintwheel.class);
  }

  private static Flintwheel start() {
    Path root = plain(Path.of(System.getProperty("flintwheel.root")));
    Path directory = root.resolve("end-to-end/target/installation");
    FlintwheelInstallation installation = Installations.forTests(root, directory);
    try {
      installation.withNode(root, directory.resolve("node"), "end-to-end").start();
    } catch (RuntimeException | Error e) {
      installation.close();
      throw e;
    }
    return new Flintwheel(installation);
  }

  /** A link to it, since Spark takes no path with a blank, and the build may be below one. */
  private static Path plain(Path root) {
    try {
      Path directory = Files.createTempDirectory("flintwheel-end-to-end");
      Path link = Files.createSymbolicLink(directory.resolve("root"), root);
      directory.toFile().deleteOnExit();
      link.toFile().deleteOnExit();
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
