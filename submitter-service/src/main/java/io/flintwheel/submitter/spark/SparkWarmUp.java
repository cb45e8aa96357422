package io.flintwheel.submitter.spark;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.spark.ApplicationType;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Builds a driver for nobody, so that the first job does not wait while Spark's classes load. */
@ApplicationScoped
class SparkWarmUp {

  private static final Logger LOG = Logger.getLogger(SparkWarmUp.class);

  private final DriverBuilder builder;

  SparkWarmUp(DriverBuilder builder) {
    this.builder = builder;
  }

  void start(@Observes StartupEvent event) {
    Thread thread = new Thread(this::build, "spark-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private void build() {
    RolePod role = new RolePod(Map.of(), List.of(), null);
    try {
      builder.build(
          new DriverRequest(
              new DriverIdentity(new JobId("warm-up"), 1, "default", "warm-up"),
              new Application(ApplicationType.JAVA, "0", "None", "local:///none.jar", List.of()),
              Map.of("spark.kubernetes.container.image", "none"),
              Map.of(),
              role,
              role));
    } catch (UnbuildableJobException e) {
      LOG.error("Spark's driver builder does not work here; every job will be refused", e);
    }
  }
}
