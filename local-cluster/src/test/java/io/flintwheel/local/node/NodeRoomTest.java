package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeRoomTest {

  private static final long GIBIBYTE = 1024L * 1024 * 1024;

  private final NodeRoom room = new NodeRoom(2, 4, 4 * GIBIBYTE);
  private final List<String> woken = new ArrayList<>();

  @Test
  void leavesRoomForTheExecutorsOfManyDrivers() throws Exception {
    enter(driver("a"));
    enter(driver("b"));

    assertThatThrownBy(() -> enter(driver("c")))
        .isInstanceOfSatisfying(
            CannotStart.class, e -> assertThat(e.outlook()).isEqualTo(CannotStart.Outlook.MAY_COME))
        .hasMessageContaining("at most 2 drivers");
    assertThatCode(() -> enter(executor("d", "1Gi"))).doesNotThrowAnyException();
  }

  @Test
  void wakesWhoWaitsWhenAPodLeaves() throws Exception {
    enter(driver("a"));
    enter(driver("b"));
    assertThatThrownBy(() -> enter(driver("c"))).isInstanceOf(CannotStart.class);

    room.leave(driver("a"));

    assertThat(woken).containsExactly("c");
    assertThatCode(() -> enter(driver("c"))).doesNotThrowAnyException();
  }

  @Test
  void holdsBackWhatDoesNotFitIntoTheMemory() throws Exception {
    enter(executor("a", "3Gi"));

    assertThatThrownBy(() -> enter(executor("b", "2Gi"))).isInstanceOf(CannotStart.class);
  }

  @Test
  void saysWhatAPodWaitsFor() throws Exception {
    enter(executor("a", "3Gi"));

    assertThatThrownBy(() -> enter(executor("b", "2Gi")))
        .hasMessage(
            "waits for other pods to end: it requests cpu 0 and memory 2048Mi, and the pods that"
                + " run at once on this node request at most cpu 4 and memory 4096Mi");
  }

  @ParameterizedTest
  @CsvSource({
    "memory, 5Gi, OutOfmemory, 'memory, requested: 5368709120, used: 1073741824, capacity: 4294967296'",
    "cpu, 4100m, OutOfcpu, 'cpu, requested: 4100, used: 0, capacity: 4000'",
  })
  void rejectsAPodThatIsLargerThanTheNodeInAKubeletsWords(
      String resource, String amount, String reason, String numbers) throws Exception {
    enter(executor("a", "1Gi"));

    assertThatThrownBy(() -> enter(pod("b", "executor", Map.of(resource, amount))))
        .isInstanceOfSatisfying(PodRejected.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage("Node didn't have enough resource: " + numbers);
  }

  @Test
  void letsAnExecutorInBesideDriversThatWaitForIt() throws Exception {
    enter(pod("a", "driver", Map.of("memory", "2Gi")));
    enter(pod("b", "driver", Map.of("memory", "2Gi")));

    assertThatCode(() -> enter(executor("a-1", "3Gi"))).doesNotThrowAnyException();
  }

  @Test
  void holdsASecondExecutorBackWhileTheFirstUsesTheLastRoom() throws Exception {
    enter(pod("a", "driver", Map.of("memory", "3Gi")));
    enter(executor("a-1", "2Gi"));

    assertThatThrownBy(() -> enter(executor("a-2", "2Gi"))).isInstanceOf(CannotStart.class);
  }

  @Test
  void holdsADriverBackThatDoesNotFitBesideAnother() throws Exception {
    enter(pod("a", "driver", Map.of("memory", "3Gi")));

    assertThatThrownBy(() -> enter(pod("b", "driver", Map.of("memory", "2Gi"))))
        .isInstanceOf(CannotStart.class);
  }

  @Test
  void letsAPodInThatRequestsNothing() throws Exception {
    enter(executor("a", "4Gi"));

    assertThatCode(() -> enter(executor("b", "0"))).doesNotThrowAnyException();
  }

  @Test
  void countsAPodOnceThatAsksAgain() throws Exception {
    enter(executor("a", "3Gi"));
    enter(executor("a", "3Gi"));

    room.leave(executor("a", "3Gi"));

    assertThatCode(() -> enter(executor("b", "4Gi"))).doesNotThrowAnyException();
  }

  private void enter(Pod pod) throws CannotStart, PodRejected {
    room.enter(pod, () -> woken.add(pod.getMetadata().getUid()));
  }

  private static Pod driver(String uid) {
    return pod(uid, "driver", Map.of("memory", "256Mi"));
  }

  private static Pod executor(String uid, String memory) {
    return pod(uid, "executor", Map.of("memory", memory));
  }

  private static Pod pod(String uid, String role, Map<String, String> requests) {
    Map<String, Quantity> quantities = new HashMap<>();
    requests.forEach((resource, amount) -> quantities.put(resource, new Quantity(amount)));
    return new PodBuilder()
        .withNewMetadata()
        .withUid(uid)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withArgs(role)
        .withNewResources()
        .withRequests(quantities)
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }
}
