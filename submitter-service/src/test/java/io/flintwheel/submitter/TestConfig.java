package io.flintwheel.submitter;

import java.net.URI;
import java.util.Set;

/** The configuration that tests without Quarkus use. */
public record TestConfig(Set<String> namespaces) implements SubmitterConfig {

  public static TestConfig standard() {
    return new TestConfig(Set.of("default"));
  }

  @Override
  public String cluster() {
    return "test";
  }

  @Override
  public URI statusUrl() {
    return URI.create("http://localhost:8083");
  }

  @Override
  public String driverServiceAccount() {
    return "spark";
  }
}
