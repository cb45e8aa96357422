package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.status.projection.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** A driver's log from where it is best: the pod while it exists, the archive afterwards. */
@ApplicationScoped
public class JobLogs {

  private static final Logger LOG = Logger.getLogger(JobLogs.class);

  private final ContainerLogs containers;
  private final LogArchive archive;

  JobLogs(ContainerLogs containers, LogArchive archive) {
    this.containers = containers;
    this.archive = archive;
  }

  /**
   * Opens a log; the caller closes it.
   *
   * @param ended true when the driver is known to have ended, so that the archive is preferred
   * @param tail only so many of the last lines
   * @param follow go on until the driver ends
   * @return empty when there is no log, because the driver has not started or left none
   */
  public Optional<InputStream> open(
      DriverContainer driver, boolean ended, OptionalInt tail, boolean follow)
      throws StoreUnavailable {
    Optional<ArchivedLog> archived =
        ended ? archive.find(driver.jobId(), driver.attempt()) : Optional.empty();
    if (archived.filter(ArchivedLog::complete).isPresent()) {
      return archived.map(log -> stream(log, tail));
    }
    Optional<InputStream> live = live(driver, tail, follow);
    if (live.isPresent()) {
      return live;
    }
    return archive.find(driver.jobId(), driver.attempt()).map(log -> stream(log, tail));
  }

  private Optional<InputStream> live(DriverContainer driver, OptionalInt tail, boolean follow) {
    int lines = tail.orElse(LogCapture.ALL_LINES);
    try {
      return Optional.of(
          follow ? containers.follow(driver, lines) : containers.tail(driver, lines));
    } catch (KubernetesClientException e) {
      LOG.debugf("no log from the pod: pod=%s code=%d", driver.pod(), e.getCode());
      return Optional.empty();
    }
  }

  private static InputStream stream(ArchivedLog log, OptionalInt tail) {
    return new ByteArrayInputStream(tail.isPresent() ? log.tail(tail.getAsInt()) : log.content());
  }
}
