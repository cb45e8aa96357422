package io.flintwheel.local;

import java.util.List;

/** How a service's JVM is started: in production, by {@code ./flintwheel up} and in tests. */
public final class ServiceFlags {

  /** For small services that wait for others most of the time. */
  public static final List<String> PRODUCTION =
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
