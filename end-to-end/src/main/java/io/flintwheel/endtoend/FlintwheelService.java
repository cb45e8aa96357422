package io.flintwheel.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;

/** The three services: their modules, what they depend on and who they are on a cluster. */
public enum FlintwheelService {
  SUBMITTER("submitter-service", "flintwheel-submitter"),
  SCHEDULER("scheduler-service", "flintwheel-scheduler"),
  STATUS("status-service", "flintwheel-status");

  private final String module;
  private final String serviceAccount;

  FlintwheelService(String module, String serviceAccount) {
    this.module = module;
    this.serviceAccount = serviceAccount;
  }

  /** The Maven module, and the service's name in logs and sources of events. */
  public String module() {
    return module;
  }

  /** Its account in namespace {@code flintwheel}, as {@code k8s/base} makes it. */
  public String serviceAccount() {
    return serviceAccount;
  }

  public boolean usesPostgres() {
    return this != SUBMITTER;
  }

  public boolean usesKubernetes() {
    return this != SCHEDULER;
  }

  /** The packaged service. */
  public Path runner(Path projectRoot) {
    Path runner = projectRoot.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.isRegularFile(runner)) {
      throw new IllegalStateException(
          module + " is not packaged: " + runner + " is missing; run mvn -Dquick package");
    }
    return runner;
  }
}
