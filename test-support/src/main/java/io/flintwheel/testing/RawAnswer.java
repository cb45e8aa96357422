package io.flintwheel.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What came back on a connection of its own until it was closed: for requests that no client
 * library would send.
 *
 * @param text head and body as they came, chunks and all
 */
public record RawAnswer(String text) {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int PIECE = 64 * 1024;
  private static final byte[] BLANKS = " ".repeat(PIECE).getBytes(US_ASCII);
  private static final String CRLF = "\r\n";

  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Sends a request with these header lines to the service under test. */
  public static RawAnswer to(String method, String uri, String... headers) throws IOException {
    return exchange(head(method, uri, List.of(headers)), out -> {});
  }

  /** The same with a body of that many blanks. */
  public static RawAnswer toSized(String method, String uri, int bytes, String... headers)
      throws IOException {
    return exchange(
        head(method, uri, with("Content-Length: " + bytes, headers)),
        out -> {
          for (int written = 0; written < bytes; written += PIECE) {
            out.write(BLANKS, 0, Math.min(PIECE, bytes - written));
          }
        });
  }

  /** The same with its body in chunks, so that its length is not known before. */
  public static RawAnswer toChunked(String method, String uri, int bytes, String... headers)
      throws IOException {
    return exchange(
        head(method, uri, with("Transfer-Encoding: chunked", headers)),
        out -> {
          for (int written = 0; written < bytes; written += PIECE) {
            out.write((Integer.toHexString(PIECE) + CRLF).getBytes(US_ASCII));
            out.write(BLANKS);
            out.write(CRLF.getBytes(US_ASCII));
          }
          out.write(("0" + CRLF + CRLF).getBytes(US_ASCII));
        });
  }

  private static List<String> with(String header, String... headers) {
    return Stream.concat(Stream.of(header), Stream.of(headers)).toList();
  }

  private static String head(String method, String uri, List<String> headers) {
    return "%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%s\r\n"
        .formatted(
            method, uri, String.join("", headers.stream().map(header -> header + CRLF).toList()));
  }

  private static RawAnswer exchange(String head, Body body) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      write(body, socket.getOutputStream());
      byte[] bytes = new byte[8192];
      for (int count = read(socket, bytes); count >= 0; count = read(socket, bytes)) {
        text.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
      }
    }
    return new RawAnswer(text.toString());
  }

  private static void write(Body body, OutputStream out) throws IOException {
    try {
      body.writeTo(out);
    } catch (SocketException e) {
      // The service has answered before it read all; the answer is what is asked for.
    }
  }

  /** A connection that is reset is at its end, too. */
  private static int read(Socket socket, byte[] bytes) throws IOException {
    try {
      return socket.getInputStream().read(bytes);
    } catch (SocketException e) {
      return -1;
    }
  }

  public int status() {
    return Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }

  /** Whether the answer is a problem document with this status. */
  public boolean isProblem(int status) {
    return status() == status
        && text.toLowerCase(Locale.ROOT).contains("\r\ncontent-type: application/problem+json");
  }

  public JsonPath json() {
    return JsonPath.from(text.substring(text.indexOf("\r\n\r\n") + 4));
  }
}
