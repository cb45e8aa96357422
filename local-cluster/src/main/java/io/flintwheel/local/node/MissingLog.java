package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a container has no log. In a kubelet's words, and beyond them with the message of the
 * container's state: who asks for a log wants to know what happened.
 */
final class MissingLog {

  private MissingLog() {}

  static String of(Pod pod, String container) {
    String name = "container \"" + container + "\" in pod \"" + pod.getMetadata().getName() + "\"";
    Optional<ContainerState> state =
        Optional.ofNullable(pod.getStatus()).stream()
            .flatMap(status -> status.getContainerStatuses().stream())
            .filter(status -> status.getName().equals(container))
            .map(ContainerStatus::getState)
            .findFirst();
    if (state.isPresent() && state.get().getTerminated() != null) {
      var end = state.get().getTerminated();
      return told(name + " is terminated", end.getReason(), end.getMessage());
    }
    if (state.isPresent() && state.get().getWaiting() != null) {
      var wait = state.get().getWaiting();
      return told(name + " is waiting to start", wait.getReason(), wait.getMessage());
    }
    return name + " is waiting to start";
  }

  private static String told(String what, @Nullable String reason, @Nullable String message) {
    return Stream.of(what, reason, message)
        .filter(part -> part != null && !part.isEmpty())
        .collect(Collectors.joining(": "));
  }
}
