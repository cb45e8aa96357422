package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import java.util.function.UnaryOperator;

/** Pods of one shell script. */
final class TinyPods {

  private TinyPods() {}

  static Pod shell(String node, String name, String script) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("team", "data")
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .withServiceAccountName("spark")
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("main")
        .withImage("any")
        .withCommand("sh", "-c", script)
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .endContainer()
        .endSpec()
        .build();
  }

  static Pod edited(Pod pod, UnaryOperator<PodFluent<PodBuilder>.SpecNested<PodBuilder>> change) {
    return change.apply(new PodBuilder(pod).editSpec()).endSpec().build();
  }

  static ContainerStatus status(Pod pod) {
    return pod.getStatus().getContainerStatuses().get(0);
  }

  static ContainerStateTerminated terminated(Pod pod) {
    return status(pod).getState().getTerminated();
  }
}
