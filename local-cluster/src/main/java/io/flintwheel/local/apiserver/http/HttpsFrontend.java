package io.flintwheel.local.apiserver.http;

import io.flintwheel.local.apiserver.security.CertificateAuthority;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The listening socket; can be closed and opened again without touching what is behind it. */
public final class HttpsFrontend {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int STREAMS_PER_CONNECTION = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final ApiRouter router;
  private final HttpServerOptions options;
  private @Nullable HttpServer server;
  private int port;

  public HttpsFrontend(
      Vertx vertx, Context context, ApiRouter router, CertificateAuthority.Signed certificate) {
    this.vertx = vertx;
    this.context = context;
    this.router = router;
    this.options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setCompressionSupported(false)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_LINE)
            .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS_PER_CONNECTION))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate.certificate()))
                    .addKeyValue(Buffer.buffer(certificate.key())));
  }

  public int port() {
    return port;
  }

  /**
   * Begins to answer; does nothing when it does already.
   *
   * @param wantedPort 0 for a free one
   * @throws IllegalStateException when the port cannot be taken
   */
  public synchronized void listen(String host, int wantedPort) {
    if (server != null) {
      return;
    }
    HttpServer opened =
        onLoop(
            () -> vertx.createHttpServer(options).requestHandler(router).listen(wantedPort, host),
            "the local Kubernetes API cannot listen on " + host + ":" + wantedPort);
    server = opened;
    port = opened.actualPort();
  }

  public synchronized void stop() {
    HttpServer open = server;
    if (open != null) {
      server = null;
      onLoop(open::close, "the local Kubernetes API did not stop listening");
    }
  }

  private <T> T onLoop(Supplier<Future<T>> action, String failure) {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(
        unused -> action.get().onSuccess(done::complete).onFailure(done::completeExceptionally));
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(failure, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(failure, e);
    }
  }
}
