package io.flintwheel.local.node;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds a 127.a.b.0/24 that no other node of this machine has. Listening on its first address is
 * the lock: the operating system grants it once and takes it back when the node is gone.
 */
final class LoopbackNetworks {

  private static final int FIRST_OCTET = 10;
  private static final int OCTETS = 200;
  private static final int SUBNETS = 256;
  private static final int PORT = 20250;

  private LoopbackNetworks() {}

  /** The node's socket: in the network of its last run if that is free, for its pods to go on. */
  static HttpsServer listen(Path workDirectory) throws IOException {
    Path file = workDirectory.resolve("network");
    int networks = OCTETS * SUBNETS;
    int first =
        Files.exists(file)
            ? Integer.parseInt(Files.readString(file).strip())
            : Math.floorMod(workDirectory.toString().hashCode(), networks);
    BindException taken = new BindException("no 127.x.y.0/24 to try");
    for (int i = 0; i < networks; i++) {
      int candidate = (first + i) % networks;
      try {
        HttpsServer bound = HttpsServer.create(address(candidate), 0);
        ReplacedFile.write(file, String.valueOf(candidate).getBytes(StandardCharsets.US_ASCII));
        return bound;
      } catch (BindException e) {
        taken = e;
      }
    }
    throw new IOException("no free 127.x.y.0/24: this needs Linux, where 127/8 is local", taken);
  }

  static LoopbackNetwork of(InetSocketAddress node) {
    byte[] address = node.getAddress().getAddress();
    return new LoopbackNetwork("127." + (address[1] & 0xff) + "." + (address[2] & 0xff));
  }

  private static InetSocketAddress address(int network) throws IOException {
    byte[] address = {127, (byte) (FIRST_OCTET + network / SUBNETS), (byte) (network % SUBNETS), 1};
    return new InetSocketAddress(InetAddress.getByAddress(address), PORT);
  }
}
