package io.flintwheel.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of 127.0.0.1. */
public final class LoopbackPort {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int TRIES = 200;

  /** Below the ports that systems give to outgoing connections (Linux: from 32768). */
  private static final int LEAST = 20_000;

  private static final int MOST = 32_000;

  private LoopbackPort() {}

  /**
   * A port that nobody holds just now; someone else may still take it before the caller does. No
   * outgoing connection takes it, so a server that stops for a while finds it free again.
   */
  public static int free() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, MOST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port on 127.0.0.1 from " + LEAST + " to " + MOST);
  }

  /** The port itself, or a free one for 0. */
  public static int orFree(int port) {
    return port == 0 ? free() : port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
