package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class MissingLogTest {

  @Test
  void saysThatTheContainerHasEndedAndWhy() {
    ContainerState ended =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withReason("StartError")
            .withMessage("this node does not know it")
            .endTerminated()
            .build();

    String told = MissingLog.of(pod(ended), "main");

    assertThat(told)
        .isEqualTo(
            "container \"main\" in pod \"p\" is terminated: StartError: this node does not know it");
  }

  @Test
  void saysWhatTheContainerWaitsFor() {
    ContainerState waiting =
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason("ContainerCreating")
            .endWaiting()
            .build();

    String told = MissingLog.of(pod(waiting), "main");

    assertThat(told)
        .isEqualTo("container \"main\" in pod \"p\" is waiting to start: ContainerCreating");
  }

  @Test
  void waitsForAContainerOfWhichNothingIsKnown() {
    String told = MissingLog.of(pod(new ContainerState()), "other");

    assertThat(told).isEqualTo("container \"other\" in pod \"p\" is waiting to start");
  }

  private static Pod pod(ContainerState state) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("main")
        .withState(state)
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
