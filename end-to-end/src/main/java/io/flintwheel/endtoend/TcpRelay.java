package io.flintwheel.endtoend;

import io.flintwheel.local.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server that a test can cut. To its clients the server is then gone: connections end,
 * new ones are refused.
 */
final class TcpRelay implements AutoCloseable {

  private final InetSocketAddress server;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ServerSocket listener;

  private TcpRelay(InetSocketAddress server) {
    this.server = server;
    this.port = LoopbackPort.free();
  }

  /** A relay that listens on a free port of 127.0.0.1. */
  static TcpRelay to(String host, int port) {
    TcpRelay relay = new TcpRelay(new InetSocketAddress(host, port));
    relay.restore();
    return relay;
  }

  /** Where clients find the server; stays the same over a cut. */
  int port() {
    return port;
  }

  /** Ends all connections and takes no new ones. */
  void cut() {
    ServerSocket listening = listener;
    listener = null;
    try {
      if (listening != null) {
        listening.close();
      }
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot cut the way to " + server, e);
    }
  }

  /** Takes connections again. */
  void restore() {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      listener = listening;
      daemon(() -> accept(listening));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
    }
  }

  @Override
  public void close() {
    cut();
  }

  private void accept(ServerSocket listening) {
    try {
      while (!listening.isClosed()) {
        connect(listening.accept());
      }
    } catch (IOException e) {
      if (!listening.isClosed()) {
        throw new UncheckedIOException("the way to " + server + " ended", e);
      }
    }
  }

  private void connect(Socket client) {
    Socket upstream = new Socket();
    open.addAll(Set.of(client, upstream));
    try {
      upstream.connect(server);
    } catch (IOException e) {
      // As if the client had been refused itself.
      end(client, upstream);
      return;
    }
    if (listener == null) {
      end(client, upstream);
      return;
    }
    daemon(() -> pump(client, upstream));
    daemon(() -> pump(upstream, client));
  }

  private void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side went away; the other is told by the end of its connection.
    } finally {
      end(from, to);
    }
  }

  private void end(Socket one, Socket other) {
    for (Socket socket : Set.of(one, other)) {
      open.remove(socket);
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close " + socket, e);
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-relay");
    thread.setDaemon(true);
    thread.start();
  }
}
