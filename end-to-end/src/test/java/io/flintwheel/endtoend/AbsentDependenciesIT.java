package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Services that are started before anything they depend on. */
class AbsentDependenciesIT {

  @Test
  void waitsForWhatIsAbsentAtStartAndThenWorks() {
    Path root = Path.of(System.getProperty("flintwheel.root"));
    Path directory = root.resolve("end-to-end/target/absent");
    try (Flintwheel flintwheel = new Flintwheel(Installations.forTests(root, directory))) {
      FlintwheelInstallation installation = flintwheel.installation();
      for (Dependency dependency : Dependency.values()) {
        dependency.stop(installation);
      }
      for (FlintwheelService service : FlintwheelService.values()) {
        installation.service(service).start();
      }
      for (Dependency dependency : Dependency.values()) {
        dependency
            .users()
            .forEach(service -> Readiness.awaitDown(installation.service(service), dependency));
      }

      for (Dependency dependency : Dependency.values()) {
        dependency.start(installation);
      }

      for (FlintwheelService service : FlintwheelService.values()) {
        installation.service(service).awaitReady();
      }
      JobId jobId = flintwheel.newJobId("late");
      flintwheel.publisher().request(jobId, SparkSpecs.waiting());
      flintwheel.jobs().await(jobId, "pending", job -> JobsOverHttp.state(job) == JobState.PENDING);
      assertThat(flintwheel.drivers(jobId)).hasSize(1);
    }
  }
}
