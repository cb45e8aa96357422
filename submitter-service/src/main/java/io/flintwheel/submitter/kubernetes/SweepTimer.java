package io.flintwheel.submitter.kubernetes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sweeps at the start and from time to time. */
@ApplicationScoped
class SweepTimer {

  private static final Logger LOG = Logger.getLogger(SweepTimer.class);

  private final Sweep sweep;
  private final SweepConfig config;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "driver-sweep");
            thread.setDaemon(true);
            return thread;
          });

  SweepTimer(Sweep sweep, SweepConfig config) {
    this.sweep = sweep;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    var unused =
        timer.scheduleWithFixedDelay(
            this::run, 0, config.interval().toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  private void run() {
    try {
      sweep.run();
    } catch (ClusterUnavailableException | ClusterRefusalException e) {
      LOG.debugf("the sweep is left for the next time; cause=%s", e.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // An exception would end the schedule.
      LOG.error("the sweep failed and is left for the next time", e);
    }
  }
}
