package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.status.projection.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** A driver's log from where it is best: the pod while it exists, the archive afterwards. */
@ApplicationScoped
public class JobLogs {

  private static final Logger LOG = Logger.getLogger(JobLogs.class);

  private final LogSource containers;
  private final LogArchive archive;

  private final Semaphore followers;

  JobLogs(LogSource containers, LogArchive archive, LogConfig config) {
    this.containers = containers;
    this.archive = archive;
    this.followers = new Semaphore(config.followers());
  }

  /**
   * Opens a log; the caller closes it.
   *
   * @param ended true when the driver is known to have ended, so that the archive is preferred
   * @param tail only so many of the last lines
   * @param follow go on until the driver ends; as {@code kubectl logs -f} it does not wait for a
   *     driver that has not started
   * @return empty when there is no log, because the driver has not started or left none
   * @throws LogUnavailable when only the API server could tell, and it does not answer; or when too
   *     many logs are followed already
   */
  public Optional<JobLog> open(
      DriverContainer driver, boolean ended, OptionalInt tail, boolean follow)
      throws StoreUnavailable, LogUnavailable {
    Optional<ArchivedLog> archived = ended ? archive.find(driver) : Optional.empty();
    if (archived.filter(ArchivedLog::complete).isPresent()) {
      return archived.map(log -> end(log, tail));
    }
    try {
      Optional<JobLog> live = live(driver, tail.orElse(LogCapture.ALL_LINES), follow);
      return live.isPresent() ? live : archived(driver, tail);
    } catch (KubernetesClientException e) {
      LOG.infof("no log from the pod at present: pod=%s code=%d", driver.pod(), e.getCode());
      // A part that was kept is better than nothing, but nothing follows it.
      Optional<JobLog> part = follow && !ended ? Optional.empty() : archived(driver, tail);
      return Optional.of(
          part.orElseThrow(
              () -> new LogUnavailable("the Kubernetes API gives no log at present", e)));
    }
  }

  private Optional<JobLog> live(DriverContainer driver, int lines, boolean follow)
      throws LogUnavailable {
    return follow
        ? follow(driver, lines).map(in -> new JobLog(in, false, false))
        : containers.tail(driver, lines, LogArchive.MOST_BYTES).map(JobLog::live);
  }

  private Optional<InputStream> follow(DriverContainer driver, int lines) throws LogUnavailable {
    if (!followers.tryAcquire()) {
      throw new LogUnavailable("too many logs are followed at the same time", null);
    }
    Optional<InputStream> log = Optional.empty();
    try {
      log = containers.follow(driver, lines).map(in -> new FollowedLog(in, followers));
      return log;
    } finally {
      if (log.isEmpty()) {
        followers.release();
      }
    }
  }

  private Optional<JobLog> archived(DriverContainer driver, OptionalInt tail)
      throws StoreUnavailable {
    return archive.find(driver).map(log -> end(log, tail));
  }

  private static JobLog end(ArchivedLog log, OptionalInt tail) {
    return JobLog.kept(
        tail.isPresent() ? log.end().lines(tail.getAsInt()) : log.end(), log.complete());
  }
}
