package io.flintwheel.endtoend;

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
    Path root = Path.of(System.getProperty("flintwheel.root"));
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
}
