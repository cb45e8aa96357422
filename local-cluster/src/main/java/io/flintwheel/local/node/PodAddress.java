package io.flintwheel.local.node;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pod's address: taken when its containers start, given back once when they have ended. */
final class PodAddress {

  private final LoopbackNetwork network;
  private final PodDirectory directory;
  private @Nullable String address;
  private boolean held;

  PodAddress(LoopbackNetwork network, PodDirectory directory) {
    this.network = network;
    this.directory = directory;
  }

  /** Finds the address that the pod had before the node was restarted; false when it had none. */
  boolean resume() throws IOException {
    Optional<String> kept = directory.address();
    kept.ifPresent(
        before -> {
          address = before;
          held = network.take(before);
        });
    return kept.isPresent();
  }

  void take() throws CannotStart, IOException {
    if (address == null) {
      address = network.take();
      held = true;
      directory.keepAddress(address);
    }
  }

  void release() {
    if (held && address != null) {
      network.giveBack(address);
      held = false;
    }
  }

  Optional<String> value() {
    return Optional.ofNullable(address);
  }
}
