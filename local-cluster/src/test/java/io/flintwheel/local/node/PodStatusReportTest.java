package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStatusReportTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = START.plusSeconds(5);

  private static final Optional<String> ADDRESS = Optional.of("127.10.0.2");

  private final Pod pod =
      new PodBuilder()
          .withNewMetadata()
          .withName("pi-driver")
          .withUid("u1")
          .withGeneration(1L)
          .endMetadata()
          .withNewSpec()
          .addNewContainer()
          .withName("main")
          .withImage("spark:4.1.1")
          .endContainer()
          .endSpec()
          .build();

  private final PodStatusReport report = new PodStatusReport("127.10.0.1", START);

  @Test
  void showsAWaitingPodAsPending() {
    PodStatus status =
        report.of(
            pod,
            ADDRESS,
            Map.of("main", new ContainerState.Waiting("ContainerCreating", "")),
            START);

    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(condition(status, "Ready").getStatus()).isEqualTo("False");
    assertThat(condition(status, "Ready").getReason()).isEqualTo("ContainersNotReady");
    assertThat(status.getContainerStatuses().get(0).getContainerID()).isNull();
  }

  @Test
  void showsAPodThatHasNoAddressYetWithoutOne() {
    var waiting = new ContainerState.Waiting("ContainerCreating", "4 pods run on this node");

    PodStatus status = report.of(pod, Optional.empty(), Map.of("main", waiting), START);

    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(status.getPodIP()).isNull();
    assertThat(status.getPodIPs()).isEmpty();
  }

  @Test
  void showsARunningPodAsReady() {
    PodStatus status =
        report.of(pod, ADDRESS, Map.of("main", new ContainerState.Running(START)), START);

    assertThat(status.getPhase()).isEqualTo("Running");
    assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
    assertThat(condition(status, "PodReadyToStartContainers").getStatus()).isEqualTo("True");
    assertThat(status.getPodIP()).isEqualTo("127.10.0.2");
    assertThat(status.getObservedGeneration()).isEqualTo(1);
  }

  @Test
  void showsExitCodeZeroAsSucceeded() {
    PodStatus status = report.of(pod, ADDRESS, Map.of("main", ended(0)), LATER);

    assertThat(status.getPhase()).isEqualTo("Succeeded");
    assertThat(condition(status, "Ready").getReason()).isEqualTo("PodCompleted");
    var terminated = status.getContainerStatuses().get(0).getState().getTerminated();
    assertThat(terminated.getReason()).isEqualTo("Completed");
    assertThat(terminated.getFinishedAt()).isEqualTo("2026-01-01T00:00:05Z");
  }

  @Test
  void showsAnotherExitCodeAsFailed() {
    PodStatus status = report.of(pod, ADDRESS, Map.of("main", ended(3)), LATER);

    assertThat(status.getPhase()).isEqualTo("Failed");
    assertThat(condition(status, "Ready").getReason()).isEqualTo("PodFailed");
    assertThat(status.getContainerStatuses().get(0).getState().getTerminated().getExitCode())
        .isEqualTo(3);
  }

  @Test
  void showsWhatCanNeverStartAsFailedInWords() {
    var refusal = ContainerExit.neverStarted(CannotStart.unsupported("no such file"), START);

    PodStatus status =
        report.of(
            pod, ADDRESS, Map.of("main", new ContainerState.Terminated(refusal, "id")), START);

    assertThat(status.getPhase()).isEqualTo("Failed");
    var terminated = status.getContainerStatuses().get(0).getState().getTerminated();
    assertThat(terminated.getReason()).isEqualTo("StartError");
    assertThat(terminated.getMessage()).isEqualTo("no such file");
  }

  @Test
  void keepsTheTimeOfAConditionThatDidNotChange() {
    report.of(pod, ADDRESS, Map.of("main", new ContainerState.Running(START)), START);

    PodStatus status = report.of(pod, ADDRESS, Map.of("main", ended(0)), LATER);

    assertThat(condition(status, "Initialized").getLastTransitionTime())
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(condition(status, "Ready").getLastTransitionTime())
        .isEqualTo("2026-01-01T00:00:05Z");
  }

  private static ContainerState ended(int code) {
    return new ContainerState.Terminated(ContainerExit.of(code, START, LATER), "process://u1/main");
  }

  private static PodCondition condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
