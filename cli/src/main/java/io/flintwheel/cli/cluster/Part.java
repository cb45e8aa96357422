package io.flintwheel.cli.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A process of the local installation. */
public enum Part {
  LOCAL_CLUSTER("local-cluster"),
  SUBMITTER("submitter-service"),
  SCHEDULER("scheduler-service"),
  STATUS("status-service");

  private final String id;

  Part(String id) {
    this.id = id;
  }

  /** Its module's name, which is also the name of its log. */
  public String id() {
    return id;
  }

  public static List<Part> services() {
    return List.of(SUBMITTER, SCHEDULER, STATUS);
  }

  /** The part of that name; {@code submitter} is as good as {@code submitter-service}. */
  public static Optional<Part> named(String name) {
    return Arrays.stream(values())
        .filter(part -> part.id.equals(name) || part.id.equals(name + "-service"))
        .findFirst();
  }
}
