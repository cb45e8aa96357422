package io.flintwheel.cli.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Asks a Kafka broker for the versions it speaks. A connection alone says nothing: the kernel makes
 * it for a process that is frozen too.
 */
final class BrokerProbe {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final short API_VERSIONS = 18;
  private static final int CORRELATION = 1;
  private static final short NO_CLIENT_ID = -1;

  private BrokerProbe() {}

  /** Whether the broker on that port of 127.0.0.1 answers in time. */
  static boolean answers(int port, Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), millis);
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(request());
      DataInputStream answer = new DataInputStream(socket.getInputStream());
      int length = answer.readInt();
      return length > 0 && answer.readInt() == CORRELATION;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] request() {
    int length = 3 * Short.BYTES + Integer.BYTES;
    return ByteBuffer.allocate(Integer.BYTES + length)
        .putInt(length)
        .putShort(API_VERSIONS)
        .putShort((short) 0)
        .putInt(CORRELATION)
        .putShort(NO_CLIENT_ID)
        .array();
  }
}
