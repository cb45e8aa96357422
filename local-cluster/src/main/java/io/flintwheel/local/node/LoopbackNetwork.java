package io.flintwheel.local.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses of one node's pods: 127.a.b.2 to 127.a.b.254. The node itself is 127.a.b.1, and it
 * holds the whole /24 by listening there: no other node can.
 */
final class LoopbackNetwork {

  private static final int FIRST = 2;
  private static final int LAST = 254;

  private final String prefix;
  // The one that was free for longest is given first: connections to a former pod die out.
  private final Deque<String> free = new ArrayDeque<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * @param prefix such as {@code 127.10.3}
   */
  LoopbackNetwork(String prefix) {
    this.prefix = prefix;
    for (int host = FIRST; host <= LAST; host++) {
      free.add(prefix + "." + host);
    }
  }

  String nodeAddress() {
    return prefix + ".1";
  }

  synchronized String take() throws CannotStart {
    String address = free.poll();
    if (address == null) {
      throw CannotStart.missingConfiguration("no free address in " + prefix + ".0/24");
    }
    taken.add(address);
    return address;
  }

  /** Takes the address that a pod had before the node was restarted; false when it cannot. */
  synchronized boolean take(String address) {
    return free.remove(address) && taken.add(address);
  }

  synchronized void giveBack(String address) {
    if (taken.remove(address)) {
      free.add(address);
    }
  }
}
