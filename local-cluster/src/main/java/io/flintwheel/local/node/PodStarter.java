package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what can be started of one pod, and says of the rest why not. */
final class PodStarter {

  private static final Logger LOG = LoggerFactory.getLogger(PodStarter.class);

  /** A pod's ConfigMap is made after it, since the pod owns it: that is no trouble to tell. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final PodContext context;
  private final PodDirectory directory;
  private final PodContainers containers;
  private @Nullable String lastTrouble;
  private @Nullable Instant firstTrouble;

  PodStarter(PodContext context, PodDirectory directory, PodContainers containers) {
    this.context = context;
    this.directory = directory;
    this.containers = containers;
  }

  /**
   * Tries every container that waits; each is started at most once.
   *
   * @param wake called when the node has room again, if it has none now
   * @throws PodRejected when the node never has room for it; nothing of it has been started
   */
  void start(Pod pod, PodAddress address, Runnable wake) throws IOException, PodRejected {
    try {
      if (!pod.getSpec().getInitContainers().isEmpty()) {
        throw CannotStart.unsupported("this node does not run init containers");
      }
      context.room().enter(pod, wake);
      address.take();
      DownwardFields fields = fields(pod, address);
      Map<String, Path> places = volumes(fields).layOut();
      var plan =
          new ContainerPlan(
              context.settings(),
              new ContainerEnvironment(context.api(), fields),
              fields,
              directory,
              places);
      for (Container container : pod.getSpec().getContainers()) {
        if (containers.states().get(container.getName()) instanceof ContainerState.Waiting) {
          start(pod, container, plan);
        }
      }
    } catch (CannotStart e) {
      for (Container container : pod.getSpec().getContainers()) {
        hold(pod, container, e);
      }
    }
    // What waits for a ConfigMap keeps nobody else from running.
    if (!containers.anyRunning()) {
      context.room().stepBack(pod);
    }
  }

  /** Writes new tokens where the pod's containers find them. */
  void renewTokens(Pod pod, PodAddress address) throws IOException, CannotStart {
    volumes(fields(pod, address)).renewTokens();
  }

  private void start(Pod pod, Container container, ContainerPlan plan) throws IOException {
    String name = container.getName();
    try {
      ContainerCommand command = plan.of(container);
      String image = "Container image \"" + container.getImage() + "\" already present on machine";
      context.events().normal(pod, name, "Pulled", image);
      context.events().normal(pod, name, "Created", "Created container: " + name);
      containers.start(container, command);
      context.events().normal(pod, name, "Started", "Started container " + name);
      LOG.info(
          "Container started namespace={} pod={} container={}",
          pod.getMetadata().getNamespace(),
          pod.getMetadata().getName(),
          name);
    } catch (CannotStart e) {
      hold(pod, container, e);
    }
  }

  /** The container is not started: for now, or for good. */
  private void hold(Pod pod, Container container, CannotStart why) {
    String name = container.getName();
    if (why.outlook() == CannotStart.Outlook.NEVER) {
      containers.refuse(pod, name, why);
      context.events().warning(pod, name, "Failed", "Error: " + why.explanation());
      return;
    }
    boolean mount = why.reason().equals("FailedMount");
    boolean room = why.reason().equals("NoRoom");
    if (!room && isEarly()) {
      containers.waitFor(name, ContainerState.Waiting.CREATING);
      return;
    }
    // Told once, not at each attempt.
    if (!room && !why.explanation().equals(lastTrouble)) {
      lastTrouble = why.explanation();
      context
          .events()
          .warning(pod, mount ? null : name, mount ? "FailedMount" : "Failed", why.explanation());
    }
    containers.waitFor(
        name,
        new ContainerState.Waiting(mount ? "ContainerCreating" : why.reason(), why.explanation()));
  }

  private boolean isEarly() {
    Instant now = context.clock().instant();
    if (firstTrouble == null) {
      firstTrouble = now;
    }
    return now.isBefore(firstTrouble.plus(QUIET));
  }

  private DownwardFields fields(Pod pod, PodAddress address) {
    return new DownwardFields(
        pod,
        address.value().orElseThrow(),
        context.settings().hostIp(),
        context.settings().allocatable());
  }

  private PodVolumes volumes(DownwardFields fields) {
    return new PodVolumes(context.api(), fields, directory.volumes());
  }
}
