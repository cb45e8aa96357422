package io.flintwheel.local.apiserver;

import io.flintwheel.local.LoopbackPort;
import io.flintwheel.local.apiserver.http.HttpsFrontend;
import io.flintwheel.local.apiserver.security.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

/**
 * A Kubernetes API in memory, over HTTPS on 127.0.0.1, for one machine and one user.
 *
 * <p>Every start makes a new authority and a new bearer token; both end with the process. Files
 * under its directory: {@code kubeconfig}, {@code pki/ca.crt} and {@code pki/ca.key}, the latter so
 * that a node can take its serving certificate from the same authority; {@code pods/}, from which
 * the next start takes the pods that have not ended, as failed.
 */
public final class LocalApiServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final Path directory;
  private final String token;
  private final ControlPlane controlPlane;
  private final HttpsFrontend frontend;
  private final Faults faults;

  private LocalApiServer(Path directory, int port) throws IOException {
    this.directory = directory.toAbsolutePath().normalize();
    Clock clock = Clock.systemUTC();
    CertificateAuthority authority = new CertificateAuthority(clock);
    authority.write(this.directory.resolve("pki"));
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    this.token = HexFormat.of().formatHex(secret);
    this.controlPlane = new ControlPlane(authority, token, this.directory.resolve("pods"), clock);
    this.faults = controlPlane.faults();
    this.frontend =
        new HttpsFrontend(
            controlPlane.vertx(),
            controlPlane.context(),
            controlPlane.router(),
            authority.serving(
                "flintwheel-local-apiserver",
                List.of(HOST, "10.96.0.1"),
                List.of("localhost", "kubernetes", "kubernetes.default.svc")));
    frontend.listen(HOST, LoopbackPort.orFree(port));
    Kubeconfig.write(kubeconfig(), url(), caCertificate(), token);
  }

  /**
   * Starts a server; when it returns, the server answers.
   *
   * @param directory for the server's files, made when missing
   * @param port 0 for a free one
   * @throws UncheckedIOException when a file cannot be written
   * @throws IllegalStateException when the port is taken
   */
  public static LocalApiServer start(Path directory, int port) {
    try {
      Files.createDirectories(directory);
      return new LocalApiServer(directory, port);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the local Kubernetes API could not write its files under " + directory, e);
    }
  }

  /** {@code https://127.0.0.1:<port>}. */
  public String url() {
    return "https://" + HOST + ":" + frontend.port();
  }

  /** The bearer token of the administrator. */
  public String token() {
    return token;
  }

  public Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  /** PEM of the authority that signed the server's certificate. */
  public Path caCertificate() {
    return directory.resolve("pki").resolve("ca.crt");
  }

  /** Failures on purpose, for tests. */
  public Faults faults() {
    return faults;
  }

  /** Stops answering, as an outage does; what is stored stays. */
  public void stop() {
    frontend.stop();
  }

  /** Answers again on the same port, with the same token and objects. */
  public void restart() {
    frontend.listen(HOST, frontend.port());
  }

  @Override
  public void close() {
    frontend.stop();
    controlPlane.close();
  }
}
