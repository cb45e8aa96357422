package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one pod to life and to its end. Everything that happens to the pod comes through one
 * mailbox to one thread; after each message the worker does what is due and then publishes the
 * status if it has changed.
 */
final class PodWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  /** Tokens are renewed when so much of their life is over, as a kubelet does. */
  private static final double TOKEN_RENEWAL = 0.8;

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  private final PodContext context;
  private final PodDirectory directory;
  private final PodAddress address;
  private final PodContainers containers;
  private final PodStarter starter;
  private final PodPublisher publisher;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();

  private Pod pod;
  private @Nullable Instant terminatedAt;
  private Instant nextAttempt = Instant.EPOCH;
  private Instant renewTokensAt = Instant.MAX;
  private Duration retry = FIRST_RETRY;
  private boolean deletionConfirmed;
  private boolean gone;
  private boolean cleared;
  private boolean detached;

  PodWorker(PodContext context, Pod pod, PodDirectory directory) {
    this.context = context;
    this.pod = pod;
    this.directory = directory;
    this.address = new PodAddress(context.network(), directory);
    this.containers =
        new PodContainers(context, directory, (name, exit) -> mailbox.add(() -> ended(name, exit)));
    this.starter = new PodStarter(context, directory, containers);
    this.publisher = new PodPublisher(context);
  }

  /** The API server shows the pod differently. */
  void changed(Pod now) {
    mailbox.add(() -> pod = now);
  }

  /** The pod is gone from the API server: so are its containers and files. */
  void removed() {
    mailbox.add(() -> gone = true);
  }

  /** The node stops and leaves the containers to its next run. */
  void detach() {
    mailbox.add(() -> detached = true);
  }

  @Override
  public void run() {
    try {
      guarded(this::resume);
      while (!detached && !cleared) {
        guarded(this::step);
        Runnable message = cleared ? null : mailbox.poll(untilNextDuty(), TimeUnit.MILLISECONDS);
        while (message != null) {
          guarded(message::run);
          message = mailbox.poll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever fails, the worker goes on: a pod without one could not even be deleted any more. */
  private void guarded(Duty duty) {
    try {
      duty.perform();
    } catch (KubernetesClientException | IOException | CannotStart e) {
      LOG.warn("Pod waits for a retry pod={} cause={}", name(), e.getMessage());
      postpone();
    } catch (RuntimeException e) {
      LOG.error("Pod waits for a retry after a fault of the node pod={}", name(), e);
      postpone();
    }
  }

  private void resume() throws IOException {
    containers.expect(pod);
    boolean over = PodPublisher.isOver(pod.getStatus());
    try {
      if (address.resume()) {
        containers.resume(pod);
        if (containers.anyRunning()) {
          context.room().adopt(pod);
        }
      } else if (over || hasBegun(pod)) {
        containers.giveUp(pod);
      }
    } catch (IOException | RuntimeException e) {
      // Started again, a container might run twice.
      containers.kill();
      containers.giveUp(pod);
      throw e;
    }
    if (over) {
      // The end that the API server shows is never taken back; what still runs ends with it.
      containers.kill();
      release();
    }
    renewTokensAt = containers.anyRunning() ? context.clock().instant() : Instant.MAX;
  }

  private void step() throws IOException, CannotStart {
    Instant now = context.clock().instant();
    if (gone) {
      end();
      return;
    }
    boolean deleting = pod.getMetadata().getDeletionTimestamp() != null;
    if (!deleting && containers.anyWaiting() && !now.isBefore(nextAttempt)) {
      start(now);
    }
    if (deleting && containers.anyRunning()) {
      stop(now);
    }
    publisher.publish(pod, address, containers.states());
    if (PodStatusReport.isOver(containers.states())) {
      release();
    }
    if (deleting && !containers.anyRunning() && !deletionConfirmed) {
      context.api().confirmDeletion(pod);
      deletionConfirmed = true;
    }
    if (containers.anyRunning() && now.isAfter(renewTokensAt)) {
      starter.renewTokens(pod, address);
      renewTokensAt = nextRenewal(now);
    }
    retry = containers.anyWaiting() ? retry : FIRST_RETRY;
  }

  private void start(Instant now) throws IOException {
    try {
      starter.start(pod, address, () -> mailbox.add(() -> nextAttempt = Instant.EPOCH));
    } catch (PodRejected e) {
      LOG.info("Pod rejected pod={} reason={}", name(), e.reason());
      context.events().warning(pod, null, e.reason(), String.valueOf(e.getMessage()));
      containers.reject(pod);
      publisher.reject(e);
    }
    renewTokensAt = nextRenewal(now);
    if (containers.anyWaiting()) {
      postpone();
    }
  }

  private Instant nextRenewal(Instant now) {
    return PodVolumes.tokenLifetime(pod)
        .map(lifetime -> now.plusMillis((long) (lifetime.toMillis() * TOKEN_RENEWAL)))
        .orElse(Instant.MAX);
  }

  private void stop(Instant now) {
    if (terminatedAt == null) {
      terminatedAt = now;
      for (String name : containers.runningNames()) {
        context.events().normal(pod, name, "Killing", "Stopping container " + name);
      }
      containers.terminate();
    }
    if (!now.isBefore(terminatedAt.plus(grace()))) {
      containers.kill();
    }
  }

  private void ended(String name, ContainerExit exit) {
    Container container =
        pod.getSpec().getContainers().stream()
            .filter(c -> c.getName().equals(name))
            .findFirst()
            .orElseThrow();
    containers.end(pod, container, exit);
    context.settings().archive().settle(pod.getMetadata().getUid(), exit.succeeded());
    LOG.info("Container ended pod={} container={} exitCode={}", name(), name, exit.code());
  }

  private void postpone() {
    nextAttempt = context.clock().instant().plus(retry);
    Duration doubled = retry.multipliedBy(2);
    retry = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
  }

  private long untilNextDuty() {
    return nextDuty().toMillis();
  }

  private Duration nextDuty() {
    Instant now = context.clock().instant();
    if (now.isBefore(nextAttempt)) {
      return Duration.between(now, nextAttempt).plusMillis(1);
    }
    if (gone || (terminatedAt != null && containers.anyRunning())) {
      return FIRST_RETRY;
    }
    return LONGEST_RETRY;
  }

  private void end() throws IOException {
    if (containers.anyRunning()) {
      containers.kill();
      return;
    }
    context.settings().archive().settle(pod.getMetadata().getUid(), false);
    release();
    directory.delete();
    cleared = true;
  }

  private void release() {
    address.release();
    context.room().leave(pod);
  }

  private Duration grace() {
    Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
    return seconds == null ? DEFAULT_GRACE : Duration.ofSeconds(seconds);
  }

  private static boolean hasBegun(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getContainerStatuses() != null
        && pod.getStatus().getContainerStatuses().stream()
            .anyMatch(c -> c.getContainerID() != null && !c.getContainerID().isEmpty());
  }

  private String name() {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  /** What the worker has to do; any of it may fail. */
  private interface Duty {
    void perform() throws IOException, CannotStart;
  }
}
