package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRoomTest {

  private static final long GIBIBYTE = 1024L * 1024 * 1024;

  private final NodeRoom room = new NodeRoom(2, 4, 4 * GIBIBYTE);
  private final List<String> woken = new ArrayList<>();

  @Test
  void leavesRoomForTheExecutorsOfManyDrivers() throws CannotStart {
    enter(driver("a"));
    enter(driver("b"));

    assertThatThrownBy(() -> enter(driver("c")))
        .isInstanceOfSatisfying(
            CannotStart.class, e -> assertThat(e.outlook()).isEqualTo(CannotStart.Outlook.MAY_COME))
        .hasMessageContaining("at most 2 drivers");
    assertThatCode(() -> enter(executor("d", "1Gi"))).doesNotThrowAnyException();
  }

  @Test
  void wakesWhoWaitsWhenAPodLeaves() throws CannotStart {
    enter(driver("a"));
    enter(driver("b"));
    assertThatThrownBy(() -> enter(driver("c"))).isInstanceOf(CannotStart.class);

    room.leave(driver("a"));

    assertThat(woken).containsExactly("c");
    assertThatCode(() -> enter(driver("c"))).doesNotThrowAnyException();
  }

  @Test
  void holdsBackWhatDoesNotFitIntoTheMemory() throws CannotStart {
    enter(executor("a", "3Gi"));

    assertThatThrownBy(() -> enter(executor("b", "2Gi"))).isInstanceOf(CannotStart.class);
  }

  @Test
  void runsAPodAloneThatIsLargerThanTheNode() {
    assertThatCode(() -> enter(executor("a", "64Gi"))).doesNotThrowAnyException();
  }

  @Test
  void letsAPodInThatRequestsNothing() throws CannotStart {
    enter(executor("a", "4Gi"));

    assertThatCode(() -> enter(executor("b", "0"))).doesNotThrowAnyException();
  }

  @Test
  void countsAPodOnceThatAsksAgain() throws CannotStart {
    enter(executor("a", "3Gi"));
    enter(executor("a", "3Gi"));

    room.leave(executor("a", "3Gi"));

    assertThatCode(() -> enter(executor("b", "4Gi"))).doesNotThrowAnyException();
  }

  private void enter(Pod pod) throws CannotStart {
    room.enter(pod, () -> woken.add(pod.getMetadata().getUid()));
  }

  private static Pod driver(String uid) {
    return new PodBuilder(executor(uid, "256Mi"))
        .editSpec()
        .editFirstContainer()
        .withArgs("driver", "--class", "a.Main")
        .endContainer()
        .endSpec()
        .build();
  }

  private static Pod executor(String uid, String memory) {
    return new PodBuilder()
        .withNewMetadata()
        .withUid(uid)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withArgs("executor")
        .withNewResources()
        .addToRequests("memory", new Quantity(memory))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }
}
