package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of one pod: started at most once each, found again after a restart of the node.
 */
final class PodContainers {

  private static final Logger LOG = LoggerFactory.getLogger(PodContainers.class);
  private static final int FALLBACK_LINES = 80;
  private static final int FALLBACK_BYTES = 2048;
  private static final int MESSAGE_BYTES = 4096;

  private final PodContext context;
  private final PodDirectory directory;
  private final BiConsumer<String, ContainerExit> onExit;
  private final Map<String, ContainerState> states = new LinkedHashMap<>();
  private final Map<String, ContainerProcess> running = new LinkedHashMap<>();

  /**
   * @param onExit called from any thread when a container has ended
   */
  PodContainers(
      PodContext context, PodDirectory directory, BiConsumer<String, ContainerExit> onExit) {
    this.context = context;
    this.directory = directory;
    this.onExit = onExit;
  }

  Map<String, ContainerState> states() {
    return states;
  }

  boolean anyRunning() {
    return !running.isEmpty();
  }

  boolean anyWaiting() {
    return states.values().stream().anyMatch(ContainerState.Waiting.class::isInstance);
  }

  Iterable<String> runningNames() {
    return running.keySet();
  }

  /** All of them wait. */
  void expect(Pod pod) {
    pod.getSpec()
        .getContainers()
        .forEach(c -> states.putIfAbsent(c.getName(), ContainerState.Waiting.CREATING));
  }

  void waitFor(String name, ContainerState.Waiting why) {
    states.put(name, why);
  }

  /** The container can never be started. */
  void refuse(Pod pod, String name, CannotStart why) {
    ContainerExit exit = ContainerExit.neverStarted(why, context.clock().instant());
    states.put(name, new ContainerState.Terminated(exit, PodStatusReport.containerId(pod, name)));
  }

  /** The node does not take the pod: none of its containers is ever started. */
  void reject(Pod pod) {
    giveUp(pod);
  }

  void start(Container container, ContainerCommand command) throws IOException, CannotStart {
    String name = container.getName();
    ContainerDirectory own = ContainerDirectory.create(directory.container(name).root());
    watch(container, ContainerProcess.start(context.script(), own, command, context.clock()));
  }

  /** Finds again what an earlier run of the node has left: alive, or ended meanwhile. */
  void resume(Pod pod) throws IOException {
    for (Container container : pod.getSpec().getContainers()) {
      String name = container.getName();
      ContainerDirectory own = directory.container(name);
      if (!Files.exists(own.started())) {
        continue;
      }
      Optional<ContainerProcess> alive = ContainerProcess.adopt(own, context.clock());
      if (alive.isPresent()) {
        LOG.info(
            "Container adopted namespace={} pod={} container={}",
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            name);
        watch(container, alive.get());
      } else {
        Instant startedAt = Files.getLastModifiedTime(own.started()).toInstant();
        end(pod, container, ContainerProcess.exitOf(own, startedAt, context.clock()));
      }
    }
  }

  /**
   * Nothing is known of containers that the API server shows as started: they are not run again.
   */
  void giveUp(Pod pod) {
    Instant now = context.clock().instant();
    pod.getSpec()
        .getContainers()
        .forEach(
            c ->
                states.put(
                    c.getName(),
                    new ContainerState.Terminated(
                        ContainerExit.unknown(now, now),
                        PodStatusReport.containerId(pod, c.getName()))));
  }

  /** Takes note of how a container ended. */
  void end(Pod pod, Container container, ContainerExit ended) {
    String name = container.getName();
    ContainerDirectory own = directory.container(name);
    ContainerProcess process = running.remove(name);
    context.logs().release(own);
    boolean outOfMemory = process != null && context.memory().release(process);
    ContainerExit exit = outOfMemory ? ended.outOfMemory() : ended;
    ContainerExit told =
        exit.message().isEmpty() ? exit.withMessage(message(container, exit)) : exit;
    states.put(name, new ContainerState.Terminated(told, PodStatusReport.containerId(pod, name)));
  }

  void terminate() {
    running.values().forEach(ContainerProcess::terminate);
  }

  void kill() {
    running.values().forEach(ContainerProcess::kill);
  }

  private void watch(Container container, ContainerProcess process) throws IOException {
    String name = container.getName();
    states.put(name, new ContainerState.Running(process.startedAt()));
    running.put(name, process);
    context.logs().watch(process.directory());
    memoryLimit(container).ifPresent(limit -> context.memory().watch(process, limit));
    var unused = process.onExit().thenAccept(exit -> onExit.accept(name, exit));
  }

  private static Optional<Long> memoryLimit(Container container) {
    return Optional.ofNullable(container.getResources())
        .flatMap(resources -> Optional.ofNullable(resources.getLimits()))
        .flatMap(limits -> Optional.ofNullable(limits.get("memory")))
        .map(limit -> Quantity.getAmountInBytes(limit).longValue());
  }

  private String message(Container container, ContainerExit exit) {
    ContainerDirectory own = directory.container(container.getName());
    try {
      if (Files.isRegularFile(own.terminationMessage())) {
        String message = Files.readString(own.terminationMessage());
        if (!message.isEmpty()) {
          return message.substring(0, Math.min(message.length(), MESSAGE_BYTES));
        }
      }
      if (!exit.succeeded()
          && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())) {
        return new ContainerLog(own, context.clock()).tail(FALLBACK_LINES, FALLBACK_BYTES);
      }
    } catch (IOException e) {
      LOG.warn("Termination message cannot be read directory={}", own.root(), e);
    }
    return "";
  }
}
