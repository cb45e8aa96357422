package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchesIT {

  private static final String JOB_MEMORY = "FLINTWHEEL_SUBMITTER_INTAKE_JOB_MEMORY";
  private static final LocalEnv LOCAL_CLUSTER =
      new LocalEnv(
          Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092", "KUBECONFIG", "/kubeconfig"));

  @TempDir Path root;

  @BeforeEach
  void build() throws IOException {
    Path app = root.resolve("submitter-service/target/quarkus-app");
    Files.createFile(Files.createDirectories(app).resolve("quarkus-run.jar"));
  }

  @Test
  void theSubmitterRemembersJobsAsLongAsKafkaDoes() {
    Launch submitter = launches(Map.of()).service(Part.SUBMITTER, LOCAL_CLUSTER);

    assertThat(submitter.environment()).containsEntry(JOB_MEMORY, "P7D");
  }

  @Test
  void theUsersOwnSettingIsKept() {
    Launch submitter = launches(Map.of(JOB_MEMORY, "P1D")).service(Part.SUBMITTER, LOCAL_CLUSTER);

    assertThat(submitter.environment()).containsEntry(JOB_MEMORY, "P1D");
  }

  private Launches launches(Map<String, String> environment) {
    return new Launches(new Home(root, root), Ports.from(Map.of()), environment);
  }
}
