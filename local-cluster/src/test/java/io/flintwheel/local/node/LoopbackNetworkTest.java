package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoopbackNetworkTest {

  private final LoopbackNetwork network = new LoopbackNetwork("127.10.3");

  @Test
  void keepsTheFirstAddressForTheNode() throws CannotStart {
    String first = network.take();

    assertThat(network.nodeAddress()).isEqualTo("127.10.3.1");
    assertThat(first).isEqualTo("127.10.3.2");
  }

  @Test
  void givesAnAddressAgainOnlyAfterAllOthers() throws CannotStart {
    String first = network.take();
    network.giveBack(first);

    String next = network.take();

    assertThat(next).isEqualTo("127.10.3.3");
  }

  @Test
  void keepsAnAdoptedAddressFromOthers() throws CannotStart {
    boolean adopted = network.take("127.10.3.2");

    String next = network.take();

    assertThat(adopted).isTrue();
    assertThat(next).isEqualTo("127.10.3.3");
    assertThat(network.take("127.10.3.3")).isFalse();
  }

  @Test
  void refusesToAdoptAnAddressOfAnotherNetwork() {
    boolean adopted = network.take("127.10.4.2");

    assertThat(adopted).isFalse();
  }

  @Test
  void saysSoWhenNoAddressIsFree() throws CannotStart {
    for (int i = 2; i <= 254; i++) {
      network.take();
    }

    assertThatThrownBy(network::take)
        .isInstanceOf(CannotStart.class)
        .hasMessage("no free address in 127.10.3.0/24");
  }
}
