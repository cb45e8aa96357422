package io.flintwheel.status;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What came back on a connection of its own until it was closed.
 *
 * @param text head and body as they came, chunks and all
 */
record RawAnswer(String text) {

  private static final int PATIENCE_MILLIS = 20_000;

  /** Sends a request with these header lines. */
  static RawAnswer to(String method, String uri, String... headers) throws IOException {
    String head =
        "%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%s\r\n"
            .formatted(
                method,
                uri,
                String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList()));
    StringBuilder text = new StringBuilder();
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = new byte[8192];
      for (int count = read(socket, bytes); count >= 0; count = read(socket, bytes)) {
        text.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
      }
    }
    return new RawAnswer(text.toString());
  }

  /** A connection that is reset is at its end, too. */
  private static int read(Socket socket, byte[] bytes) throws IOException {
    try {
      return socket.getInputStream().read(bytes);
    } catch (SocketException e) {
      return -1;
    }
  }

  int status() {
    return Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }

  boolean isProblem(int status) {
    return status() == status
        && text.toLowerCase(Locale.ROOT).contains("\r\ncontent-type: application/problem+json");
  }

  JsonPath json() {
    return JsonPath.from(text.substring(text.indexOf("\r\n\r\n") + 4));
  }
}
