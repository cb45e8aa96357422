package io.flintwheel.local.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's own API, as far as {@code kubectl logs} needs it; only the API server may call. */
final class KubeletServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KubeletServer.class);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;

  private final HttpsServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(new NamedThreads("kubelet"));
  private final NodePods pods;
  private final KubernetesSerialization serialization;
  private final Clock clock;

  /**
   * @param bound the listening socket; whoever holds it holds the node's addresses
   */
  KubeletServer(
      HttpsServer bound,
      SSLContext certificates,
      NodePods pods,
      KubernetesSerialization serialization,
      Clock clock) {
    this.server = bound;
    this.pods = pods;
    this.serialization = serialization;
    this.clock = clock;
    server.setHttpsConfigurator(new ClientsWithCertificate(certificates));
    server.setExecutor(threads);
    server.createContext(
        "/", guarded(exchange -> answer(exchange, NOT_FOUND, "404 page not found")));
    server.createContext("/healthz", guarded(exchange -> answer(exchange, OK, "ok")));
    server.createContext("/pods", guarded(this::listPods));
    server.createContext("/containerLogs/", guarded(this::containerLogs));
  }

  void start() {
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void listPods(HttpExchange exchange) throws IOException {
    answer(exchange, OK, serialization.asJson(new PodListBuilder().withItems(pods.list()).build()));
  }

  private void containerLogs(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    if (path.length != 5) {
      answer(exchange, NOT_FOUND, "/containerLogs/{namespace}/{pod}/{container}");
      return;
    }
    LogRequest request;
    try {
      request = LogRequest.parse(exchange.getRequestURI().getRawQuery(), clock.instant());
    } catch (IllegalArgumentException e) {
      answer(exchange, BAD_REQUEST, String.valueOf(e.getMessage()));
      return;
    }
    Optional<Pod> pod = pods.find(path[2], path[3]);
    if (pod.isEmpty()) {
      answer(exchange, NOT_FOUND, "pod \"" + path[2] + "/" + path[3] + "\" not found");
      return;
    }
    String container = path[4];
    ContainerDirectory directory = pods.directory(pod.get()).container(container);
    if (request.previous()) {
      String text =
          "previous terminated container \""
              + container
              + "\" not found: this node never restarts one";
      answer(exchange, BAD_REQUEST, text);
    } else if (!Files.exists(directory.log())) {
      answer(exchange, BAD_REQUEST, MissingLog.of(pod.get(), container));
    } else {
      stream(exchange, request, pod.get(), directory);
    }
  }

  private void stream(
      HttpExchange exchange, LogRequest request, Pod pod, ContainerDirectory directory)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(OK, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      new ContainerLog(directory, clock).copy(request, () -> runs(pod, directory), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // The exit file is written last, when nothing of the container can write to its log any more.
  private boolean runs(Pod pod, ContainerDirectory directory) {
    return pods.find(pod.getMetadata().getNamespace(), pod.getMetadata().getName())
            .filter(now -> now.getMetadata().getUid().equals(pod.getMetadata().getUid()))
            .filter(now -> !hasEnded(now, directory))
            .isPresent()
        && !Files.exists(directory.exit());
  }

  private static boolean hasEnded(Pod pod, ContainerDirectory directory) {
    String name = String.valueOf(directory.root().getFileName());
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(name))
        .map(ContainerStatus::getState)
        .anyMatch(state -> state.getTerminated() != null);
  }

  private static HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      try (exchange) {
        handler.handle(exchange);
      } catch (IOException e) {
        LOG.debug("Reader of the node's API has left path={}", exchange.getRequestURI().getPath());
      } catch (RuntimeException e) {
        LOG.warn("Request to the node failed path={}", exchange.getRequestURI().getPath(), e);
        answer(exchange, FAILED, "internal error");
      }
    };
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static final class ClientsWithCertificate extends HttpsConfigurator {

    private ClientsWithCertificate(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setNeedClientAuth(true);
      parameters.setSSLParameters(tls);
    }
  }
}
