package io.flintwheel.cli.cluster;

/** A port of the local installation; all are on 127.0.0.1. */
public enum Port {
  SUBMITTER("submitter-service", "FLINTWHEEL_SUBMITTER_PORT", 8081),
  SCHEDULER("scheduler-service", "FLINTWHEEL_SCHEDULER_PORT", 8082),
  STATUS("status-service", "FLINTWHEEL_STATUS_PORT", 8083),
  KAFKA("Kafka", "FLINTWHEEL_KAFKA_PORT", 9092),
  POSTGRES("PostgreSQL", "FLINTWHEEL_POSTGRES_PORT", 15432),
  KUBERNETES("the Kubernetes API", "FLINTWHEEL_KUBERNETES_PORT", 16443);

  private final String user;
  private final String variable;
  private final int standard;

  Port(String user, String variable, int standard) {
    this.user = user;
    this.variable = variable;
    this.standard = standard;
  }

  /** Who listens on it. */
  String user() {
    return user;
  }

  /** The environment variable that overrides it. */
  public String variable() {
    return variable;
  }

  /** The port unless it is overridden. */
  public int standard() {
    return standard;
  }
}
