package io.flintwheel.endtoend;

import java.util.List;

/** How a service's JVM is started in production, and by {@code ./flintwheel up}. */
final class ServiceFlags {

  static final List<String> PRODUCTION =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xss512k",
          "-Xmx192m",
          "-XX:MaxMetaspaceSize=192m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

  private ServiceFlags() {}
}
