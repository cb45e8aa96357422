package io.flintwheel.endtoend;

import java.util.Arrays;
import java.util.List;

/** What the services depend on, to be taken away and brought back. */
enum Dependency {
  KAFKA("kafka") {
    @Override
    boolean isUsedBy(FlintwheelService service) {
      return true;
    }

    @Override
    void stop(FlintwheelInstallation installation) {
      installation.kafka().stop();
    }

    @Override
    void start(FlintwheelInstallation installation) {
      installation.kafka().restart();
    }
  },
  POSTGRES("postgres") {
    @Override
    boolean isUsedBy(FlintwheelService service) {
      return service.usesPostgres();
    }

    @Override
    void stop(FlintwheelInstallation installation) {
      installation.postgres().stop();
    }

    @Override
    void start(FlintwheelInstallation installation) {
      installation.postgres().restart();
    }
  },
  KUBERNETES("kubernetes") {
    @Override
    boolean isUsedBy(FlintwheelService service) {
      return service.usesKubernetes();
    }

    @Override
    void stop(FlintwheelInstallation installation) {
      installation.cluster().stopApiServer();
    }

    @Override
    void start(FlintwheelInstallation installation) {
      installation.cluster().startApiServer();
    }
  };

  private final String nameInReadiness;

  Dependency(String nameInReadiness) {
    this.nameInReadiness = nameInReadiness;
  }

  /** What the name of a readiness check contains when it is about this. */
  String nameInReadiness() {
    return nameInReadiness;
  }

  List<FlintwheelService> users() {
    return Arrays.stream(FlintwheelService.values()).filter(this::isUsedBy).toList();
  }

  abstract boolean isUsedBy(FlintwheelService service);

  abstract void stop(FlintwheelInstallation installation);

  abstract void start(FlintwheelInstallation installation);
}
