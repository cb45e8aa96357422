package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.status.logs.DriverContainer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pod of ours, as far as its labels and its Spark container tell. */
record PodReading(Pod pod, JobId jobId, int attempt, Role role) {

  private static final Map<Role, String> CONTAINERS =
      Map.of(
          Role.DRIVER, "spark-kubernetes-driver",
          Role.EXECUTOR, "spark-kubernetes-executor");

  private static final String UI_PORT_NAME = "spark-ui";
  private static final int SIGTERM = 128 + 15;
  private static final int SIGKILL = 128 + 9;

  /** What the pod is to its job. */
  enum Role {
    DRIVER,
    EXECUTOR
  }

  /** Empty for a pod whose labels are not as the submitter sets them. */
  static Optional<PodReading> of(Pod pod) {
    Map<String, String> labels = labels(pod);
    Role role =
        switch (labels.getOrDefault(JobLabels.SPARK_ROLE, "")) {
          case "driver" -> Role.DRIVER;
          case "executor" -> Role.EXECUTOR;
          default -> null;
        };
    if (role == null
        || (role == Role.EXECUTOR && !labels.containsKey(JobLabels.SPARK_EXECUTOR_ID))) {
      return Optional.empty();
    }
    try {
      JobId jobId = new JobId(labels.getOrDefault(JobLabels.JOB_ID, ""));
      int attempt = Integer.parseInt(labels.getOrDefault(JobLabels.ATTEMPT, "1"));
      return attempt < 1
          ? Optional.empty()
          : Optional.of(new PodReading(pod, jobId, attempt, role));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** False for a pod that is only known from the database: nothing can be told of its state. */
  boolean hasState() {
    return pod.getMetadata().getResourceVersion() != null;
  }

  String uid() {
    return pod.getMetadata().getUid();
  }

  String name() {
    return pod.getMetadata().getName();
  }

  String namespace() {
    return pod.getMetadata().getNamespace();
  }

  String phase() {
    return pod.getStatus() == null || pod.getStatus().getPhase() == null
        ? "Pending"
        : pod.getStatus().getPhase();
  }

  String executorId() {
    return labels(pod).getOrDefault(JobLabels.SPARK_EXECUTOR_ID, "");
  }

  PodRef ref() {
    return new PodRef(
        name(),
        uid(),
        pod.getStatus() == null ? null : blankToNull(pod.getStatus().getPodIP()),
        pod.getSpec() == null ? null : blankToNull(pod.getSpec().getNodeName()));
  }

  /** Whether the submitter takes it back, and tells that itself. */
  boolean isWithdrawn() {
    return annotation(JobLabels.WITHDRAWN).isPresent();
  }

  /** The reason that the pod's cancellation was given; empty when nobody asked for one. */
  Optional<String> cancelRequested() {
    return annotation(JobLabels.CANCEL_REQUESTED);
  }

  private Optional<String> annotation(String key) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(key));
  }

  /** When somebody asked for the pod to be deleted; the object tells when its grace ends. */
  Optional<Instant> deletionRequestedAt() {
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    return instant(pod.getMetadata().getDeletionTimestamp())
        .map(end -> end.minusSeconds(grace == null ? 0 : grace));
  }

  /**
   * Whether the Spark container ended because its pod was being deleted.
   *
   * <p>A kubelet lets go of a pod by deleting it once more with no grace, and then nothing tells
   * when it was asked for first: the signal that the container ended with does.
   *
   * @param end when the container ended
   */
  boolean wasStopped(Instant end) {
    return deletionRequestedAt()
        .filter(asked -> !end.isBefore(asked) || (hasNoGrace() && endedByRequest()))
        .isPresent();
  }

  private boolean hasNoGrace() {
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    return grace == null || grace == 0;
  }

  /** By SIGTERM, or by the SIGKILL that follows it when it is not heard. */
  private boolean endedByRequest() {
    return terminated()
        .filter(end -> !"OOMKilled".equals(end.getReason()))
        .map(ContainerStateTerminated::getExitCode)
        .filter(code -> code == SIGTERM || code == SIGKILL)
        .isPresent();
  }

  Instant createdAt() {
    return instant(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
  }

  /** When it was assigned to its node, as far as is known. */
  Instant assignedAt() {
    return condition("PodScheduled")
        .flatMap(scheduled -> instant(scheduled.getLastTransitionTime()))
        .orElseGet(this::createdAt);
  }

  /** When its node took it up, before anything of it runs. */
  Optional<Instant> takenUpAt() {
    return pod.getStatus() == null ? Optional.empty() : instant(pod.getStatus().getStartTime());
  }

  /** The port that Spark declares for its UI, whatever the job's settings made it. */
  Optional<Integer> uiPort() {
    List<Container> containers = pod.getSpec() == null ? List.of() : pod.getSpec().getContainers();
    return containers.stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> UI_PORT_NAME.equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst();
  }

  /** The Spark container by its usual name; else the first, for pods made from a template. */
  String containerName() {
    List<Container> containers = pod.getSpec() == null ? List.of() : pod.getSpec().getContainers();
    String usual = CONTAINERS.getOrDefault(role, "");
    return containers.isEmpty() || containers.stream().anyMatch(c -> usual.equals(c.getName()))
        ? usual
        : containers.get(0).getName();
  }

  /** What the Spark container may use, as the pod says it. */
  Optional<String> memoryLimit() {
    List<Container> containers = pod.getSpec() == null ? List.of() : pod.getSpec().getContainers();
    return containers.stream()
        .filter(container -> containerName().equals(container.getName()))
        .map(Container::getResources)
        .filter(resources -> resources != null && resources.getLimits() != null)
        .map(resources -> resources.getLimits().get("memory"))
        .filter(limit -> limit != null)
        .map(Quantity::toString)
        .findFirst();
  }

  DriverContainer driverContainer() {
    return new DriverContainer(jobId, attempt, namespace(), name(), uid(), containerName());
  }

  Optional<ContainerStatus> containerStatus() {
    String name = containerName();
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(status -> name.equals(status.getName()))
            .findFirst();
  }

  Optional<ContainerStateTerminated> terminated() {
    return containerStatus().map(ContainerStatus::getState).map(ContainerState::getTerminated);
  }

  /**
   * When the Spark container ended, if its node saw that. A kubelet that does not find a container
   * of a pod that is deleted makes up an end for it, with no time.
   */
  Optional<Instant> realEnd() {
    return terminated()
        .filter(end -> !"ContainerStatusUnknown".equals(end.getReason()))
        .flatMap(end -> instant(end.getFinishedAt()));
  }

  /** When the Spark container started, whether it still runs or not. */
  Optional<Instant> startedAt() {
    Optional<ContainerState> state = containerStatus().map(ContainerStatus::getState);
    return state
        .map(ContainerState::getRunning)
        .flatMap(running -> instant(running.getStartedAt()))
        .or(() -> terminated().flatMap(terminated -> instant(terminated.getStartedAt())));
  }

  boolean isRunning() {
    return containerStatus()
        .map(ContainerStatus::getState)
        .map(ContainerState::getRunning)
        .isPresent();
  }

  Optional<PodCondition> condition(String type) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .findFirst();
  }

  @Nullable String statusReason() {
    return pod.getStatus() == null ? null : blankToNull(pod.getStatus().getReason());
  }

  @Nullable String statusMessage() {
    return pod.getStatus() == null ? null : blankToNull(pod.getStatus().getMessage());
  }

  static Optional<Instant> instant(@Nullable String time) {
    if (time == null || time.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> labels(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
