package io.flintwheel.status.logs;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.URLUtils;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The logs of containers, from the API server.
 *
 * <p>A log is empty when that pod is no more, even if a later one has its name, or when its
 * container has not started. Methods throw {@code KubernetesClientException} when the API server
 * does not answer, breaks off, or says anything else but a log: what it says then is never taken
 * for one.
 */
@Singleton
class ContainerLogs implements LogSource {

  /** The longest that an answer may take to begin, and a finite log to go on. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How a kubelet says, with status 200, that its container runtime has no log any more. */
  private static final String NO_LOG_LEFT = "unable to retrieve container logs for ";

  /** In bytes; a driver that merely quotes those words writes more than they. */
  private static final int LONGEST_APOLOGY = 512;

  private final KubernetesClient client;

  ContainerLogs(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<LogEnd> tail(DriverContainer driver, int lines, int mostBytes) {
    Optional<LogEnd> log = asked(() -> read(driver, lines, mostBytes));
    // Asked after the log was read: if the pod is the one meant now, it was so then.
    return log.isPresent() && exists(driver) ? log : Optional.empty();
  }

  @Override
  public Optional<InputStream> follow(DriverContainer driver, int lines) {
    Optional<InputStream> log = asked(() -> open(request(driver, lines, true)));
    if (log.isEmpty()) {
      return log;
    }
    boolean meant = false;
    try {
      meant = exists(driver);
    } finally {
      if (!meant) {
        close(log.get());
      }
    }
    return meant ? log : Optional.empty();
  }

  private Optional<LogEnd> read(DriverContainer driver, int lines, int mostBytes) {
    Optional<InputStream> log = open(request(driver, lines, false));
    if (log.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream body = log.get()) {
      LogEnd end = LogEnd.read(body, mostBytes);
      return saysThatNoneIsLeft(end) ? Optional.empty() : Optional.of(end);
    } catch (IOException e) {
      throw new KubernetesClientException("the log broke off", e);
    }
  }

  private static boolean saysThatNoneIsLeft(LogEnd log) {
    return log.content().length < LONGEST_APOLOGY
        && new String(log.content(), StandardCharsets.UTF_8).startsWith(NO_LOG_LEFT);
  }

  /** Unlike {@code watchLog} of the client's own, looks at the status before the body. */
  private Optional<InputStream> open(HttpRequest request) {
    HttpResponse<InputStream> response = answer(request);
    InputStream body = new OpenAnswer(response.body());
    if (response.isSuccessful()) {
      return Optional.of(body);
    }
    readAway(body);
    return switch (response.code()) {
      // 400: the container waits to start, or the pod has no node yet.
      case 400, 404 -> Optional.empty();
      default -> throw new KubernetesClientException("no log is given", response.code(), null);
    };
  }

  private HttpResponse<InputStream> answer(HttpRequest request) {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.getHttpClient().sendAsync(request, InputStream.class);
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new KubernetesClientException("no log is given", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }

  private boolean exists(DriverContainer driver) {
    Optional<Pod> pod =
        asked(
            () ->
                Optional.ofNullable(
                    client.pods().inNamespace(driver.namespace()).withName(driver.pod()).get()));
    return pod.filter(found -> driver.uid().equals(found.getMetadata().getUid())).isPresent();
  }

  /**
   * Asks once more when the connection was closed: an idle one may be closed by the API server, or
   * by whatever is between, in the moment that it is used, and the client does not ask again.
   */
  private static <T> Optional<T> asked(Supplier<Optional<T>> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      boolean answered = e.getCode() > 0;
      if (answered
          || e.getCause() instanceof TimeoutException
          || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return question.get();
    }
  }

  private HttpRequest request(DriverContainer driver, int lines, boolean follow) {
    String uri =
        URLUtils.join(
                client.getMasterUrl().toString(),
                "api/v1/namespaces",
                driver.namespace(),
                "pods",
                driver.pod(),
                "log")
            + "?container="
            + driver.container()
            + "&tailLines="
            + lines;
    HttpRequest.Builder request = client.getHttpClient().newHttpRequestBuilder();
    // Most followers leave before the end, which costs the connection: nobody else may be lent it.
    return follow
        ? request.uri(uri + "&follow=true").header("Connection", "close").forStreaming().build()
        : request.uri(uri).timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).build();
  }

  /** Read to its end, a refusal leaves its connection in use. */
  private static void readAway(InputStream words) {
    try (words) {
      words.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The status has said enough.
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // Nobody wants it any more.
    }
  }
}
