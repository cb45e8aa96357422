package io.flintwheel.endtoend;

import java.util.List;

/** How a service's JVM is started in production. */
final class ServiceFlags {

  static final List<String> PRODUCTION =
      List.of(
          "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

  private ServiceFlags() {}
}
