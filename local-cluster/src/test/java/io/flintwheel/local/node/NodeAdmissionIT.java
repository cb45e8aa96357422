package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the node does with a pod that is larger than itself, and what it says of its size. */
class NodeAdmissionIT extends RunningNode {

  @Test
  void rejectsAPodThatIsLargerThanTheNode() {
    cluster()
        .create(
            TinyPods.edited(
                shell("giant", "echo never"),
                spec ->
                    spec.editFirstContainer()
                        .withNewResources()
                        .addToRequests("memory", new Quantity("7Ti"))
                        .endResources()
                        .endContainer()));

    Pod pod = cluster().awaitPhase("giant", "Failed");

    assertThat(pod.getStatus().getReason()).isEqualTo("OutOfmemory");
    assertThat(pod.getStatus().getMessage())
        .startsWith(
            "Pod was rejected: Node didn't have enough resource: memory, requested: 7696581394432");
    assertThat(pod.getStatus().getContainerStatuses()).isEmpty();
    assertThat(eventOf(pod).getType()).isEqualTo("Warning");
  }

  @Test
  void deletesAPodThatItHasRejected() {
    cluster()
        .create(
            TinyPods.edited(
                shell("giant-goes", "echo never"),
                spec ->
                    spec.editFirstContainer()
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("1900"))
                        .endResources()
                        .endContainer()));
    cluster().awaitPhase("giant-goes", "Failed");

    pods().withName("giant-goes").delete();

    cluster().awaitGone("giant-goes");
  }

  @Test
  void tellsItsTrueSizeAsCapacity() {
    var status = cluster().client().nodes().withName(cluster().nodeName()).get().getStatus();

    Map<String, Quantity> capacity = status.getCapacity();

    assertThat(capacity.get("memory").getNumericalAmount())
        .isLessThan(status.getAllocatable().get("memory").getNumericalAmount());
    assertThat(capacity.get("cpu").getNumericalAmount())
        .isLessThan(status.getAllocatable().get("cpu").getNumericalAmount());
  }

  private Event eventOf(Pod pod) {
    return Awaitility.await()
        .until(
            () ->
                cluster()
                    .client()
                    .v1()
                    .events()
                    .inNamespace(cluster().namespace())
                    .withField("involvedObject.name", pod.getMetadata().getName())
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> "OutOfmemory".equals(event.getReason()))
                    .findFirst()
                    .orElse(null),
            event -> event != null);
  }
}
