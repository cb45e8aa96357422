package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import java.time.Instant;

/** Where a container is in its life: waiting, then running, then terminated; never back. */
sealed interface ContainerState {

  /** As the pod's status shows it. */
  io.fabric8.kubernetes.api.model.ContainerState toKubernetes();

  /** Not started: why, in one word and in a sentence. */
  record Waiting(String reason, String message) implements ContainerState {

    static final Waiting CREATING = new Waiting("ContainerCreating", "");

    @Override
    public io.fabric8.kubernetes.api.model.ContainerState toKubernetes() {
      return new ContainerStateBuilder()
          .withNewWaiting()
          .withReason(reason)
          .withMessage(message.isEmpty() ? null : message)
          .endWaiting()
          .build();
    }
  }

  /** Its first process lives. */
  record Running(Instant startedAt) implements ContainerState {

    @Override
    public io.fabric8.kubernetes.api.model.ContainerState toKubernetes() {
      return new ContainerStateBuilder()
          .withNewRunning()
          .withStartedAt(Timestamps.format(startedAt))
          .endRunning()
          .build();
    }
  }

  /** It has ended, or can never start. */
  record Terminated(ContainerExit exit, String containerId) implements ContainerState {

    @Override
    public io.fabric8.kubernetes.api.model.ContainerState toKubernetes() {
      return new ContainerStateBuilder()
          .withNewTerminated()
          .withContainerID(containerId)
          .withExitCode(exit.code())
          .withReason(exit.reason())
          .withMessage(exit.message().isEmpty() ? null : exit.message())
          .withStartedAt(Timestamps.format(exit.startedAt()))
          .withFinishedAt(Timestamps.format(exit.finishedAt()))
          .endTerminated()
          .build();
    }
  }
}
