package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private static final Duration TOKEN_RENEWAL = Duration.ofMinutes(30);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  private final PodContext context;
  private final PodDirectory directory;
  private final PodContainers containers;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();

  private Pod pod;
  private @Nullable String address;
  private @Nullable PodStatusReport report;
  private @Nullable PodStatus published;
  private @Nullable Instant terminatedAt;
  private @Nullable String lastTrouble;
  private Instant nextAttempt = Instant.EPOCH;
  private Instant renewTokensAt = Instant.MAX;
  private Duration retry = FIRST_RETRY;
  private boolean deletionConfirmed;
  private boolean gone;
  private boolean detached;

  PodWorker(PodContext context, Pod pod, PodDirectory directory) {
    this.context = context;
    this.pod = pod;
    this.directory = directory;
    this.containers =
        new PodContainers(context, directory, (name, exit) -> mailbox.add(() -> ended(name, exit)));
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
      resume();
      while (!detached && !finished()) {
        step();
        if (finished()) {
          break;
        }
        Runnable message = mailbox.poll(untilNextDuty().toMillis(), TimeUnit.MILLISECONDS);
        while (message != null) {
          message.run();
          message = mailbox.poll();
        }
      }
      if (!detached) {
        clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("Pod given up pod={}", name(), e);
    }
  }

  private boolean finished() {
    return gone && !containers.anyRunning();
  }

  private void resume() throws IOException {
    containers.expect(pod);
    Optional<String> kept = directory.address();
    boolean over = isOver(pod);
    if (kept.isPresent()) {
      if (!over && context.network().take(kept.get())) {
        address = kept.get();
      }
      containers.resume(pod);
      nextAttempt = context.clock().instant();
    } else if (over || hasBegun(pod)) {
      containers.giveUp(pod);
    }
    if (over) {
      published = pod.getStatus();
    }
    if (containers.anyRunning()) {
      renewTokensAt = context.clock().instant();
    }
  }

  private void step() {
    Instant now = context.clock().instant();
    try {
      if (gone) {
        containers.kill();
        return;
      }
      boolean deleting = pod.getMetadata().getDeletionTimestamp() != null;
      if (!deleting && containers.anyWaiting() && !now.isBefore(nextAttempt)) {
        start(now);
      }
      if (deleting && containers.anyRunning()) {
        stop(now);
      }
      publish();
      if (deleting && !containers.anyRunning() && !deletionConfirmed) {
        context.api().confirmDeletion(pod);
        deletionConfirmed = true;
      }
      if (containers.anyRunning() && now.isAfter(renewTokensAt)) {
        renewTokensAt = now.plus(TOKEN_RENEWAL);
        volumes(fields()).renewTokens();
      }
      retry = containers.anyWaiting() ? retry : FIRST_RETRY;
    } catch (KubernetesClientException | IOException | CannotStart e) {
      LOG.warn("Pod waits for a retry pod={} cause={}", name(), e.getMessage());
      postpone(now);
    }
  }

  private void start(Instant now) throws IOException {
    try {
      if (address == null) {
        address = context.network().take();
        directory.keepAddress(address);
      }
      DownwardFields fields = fields();
      requireSupported();
      Map<String, Path> places = volumes(fields).layOut();
      var plan =
          new ContainerPlan(
              context.settings(),
              new ContainerEnvironment(context.api(), fields),
              fields,
              directory,
              places);
      renewTokensAt = now.plus(TOKEN_RENEWAL);
      for (Container container : pod.getSpec().getContainers()) {
        if (containers.states().get(container.getName()) instanceof ContainerState.Waiting) {
          start(container, plan);
        }
      }
    } catch (CannotStart e) {
      for (Container container : pod.getSpec().getContainers()) {
        hold(container, e);
      }
    }
    if (containers.anyWaiting()) {
      postpone(now);
    }
  }

  private void start(Container container, ContainerPlan plan) throws IOException {
    String name = container.getName();
    try {
      ContainerCommand command = plan.of(container);
      String image = "Container image \"" + container.getImage() + "\" already present on machine";
      context.events().normal(pod, name, "Pulled", image);
      context.events().normal(pod, name, "Created", "Created container: " + name);
      containers.start(container, command);
      context.events().normal(pod, name, "Started", "Started container " + name);
      LOG.info("Container started pod={} container={} address={}", name(), name, address);
    } catch (CannotStart e) {
      hold(container, e);
    }
  }

  /** The container is not started: for now, or for good. */
  private void hold(Container container, CannotStart why) {
    String name = container.getName();
    if (why.outlook() == CannotStart.Outlook.NEVER) {
      containers.refuse(pod, name, why);
      context.events().warning(pod, name, "Failed", "Error: " + why.explanation());
      return;
    }
    boolean mount = why.reason().equals("FailedMount");
    if (!why.explanation().equals(lastTrouble)) {
      lastTrouble = why.explanation();
      context
          .events()
          .warning(pod, mount ? null : name, mount ? "FailedMount" : "Failed", why.explanation());
    }
    containers.waitFor(
        name,
        mount
            ? new ContainerState.Waiting("ContainerCreating", why.explanation())
            : new ContainerState.Waiting(why.reason(), why.explanation()));
  }

  private void requireSupported() throws CannotStart {
    if (!pod.getSpec().getInitContainers().isEmpty()) {
      throw CannotStart.unsupported("this node does not run init containers");
    }
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

  private void publish() {
    if (address == null && !PodStatusReport.isOver(containers.states())) {
      return;
    }
    if (report == null) {
      String podIp = address != null ? address : Objects.requireNonNullElse(shownIp(), "");
      report =
          new PodStatusReport(
              context.settings().hostIp(), podIp, startTime(pod, context.clock().instant()));
      report.resume(pod.getStatus());
    }
    if (published != null && isOver(published)) {
      return;
    }
    PodStatus status = report.of(pod, containers.states(), context.clock().instant());
    if (!status.equals(published)) {
      if (!context.api().patchStatus(pod, status)) {
        LOG.debug("Status of a pod that is gone pod={}", name());
      }
      published = status;
    }
    if (PodStatusReport.isOver(containers.states())) {
      releaseAddress();
    }
  }

  private void postpone(Instant now) {
    nextAttempt = now.plus(retry);
    Duration doubled = retry.multipliedBy(2);
    retry = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
  }

  private Duration untilNextDuty() {
    Instant now = context.clock().instant();
    if (now.isBefore(nextAttempt)) {
      return Duration.between(now, nextAttempt).plusMillis(1);
    }
    if (gone || (terminatedAt != null && containers.anyRunning())) {
      return FIRST_RETRY;
    }
    return LONGEST_RETRY;
  }

  private void clear() throws IOException {
    context.settings().archive().settle(pod.getMetadata().getUid(), false);
    releaseAddress();
    directory.delete();
  }

  private void releaseAddress() {
    if (address != null) {
      context.network().giveBack(address);
    }
  }

  private DownwardFields fields() {
    return new DownwardFields(
        pod,
        Objects.requireNonNull(address, "address"),
        context.settings().hostIp(),
        context.settings().allocatable());
  }

  private PodVolumes volumes(DownwardFields fields) {
    return new PodVolumes(context.api(), fields, directory.volumes());
  }

  private Duration grace() {
    Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
    return seconds == null ? DEFAULT_GRACE : Duration.ofSeconds(seconds);
  }

  private @Nullable String shownIp() {
    return pod.getStatus() == null ? null : pod.getStatus().getPodIP();
  }

  private static Instant startTime(Pod pod, Instant now) {
    String shown = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
    return shown == null ? now : Instant.parse(shown);
  }

  private static boolean isOver(Pod pod) {
    return pod.getStatus() != null && isOver(pod.getStatus());
  }

  private static boolean isOver(PodStatus status) {
    return List.of("Succeeded", "Failed").contains(String.valueOf(status.getPhase()));
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
}
