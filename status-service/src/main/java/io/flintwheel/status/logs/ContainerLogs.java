package io.flintwheel.status.logs;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.URLUtils;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The logs of containers, from the API server.
 *
 * <p>A log is empty when that pod is no more, even if a later one has its name, or when its
 * container has not started. Methods throw {@code KubernetesClientException} when the API server
 * does not answer, or says anything else but a log: what it says then is never taken for one.
 */
@Singleton
class ContainerLogs implements LogSource {

  /** The longest that an answer may take to begin, and a finite log to go on. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The code of an exception that no answer of the API server led to. */
  private static final int NO_ANSWER = 0;

  private final KubernetesClient client;

  ContainerLogs(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<InputStream> tail(DriverContainer driver, int lines) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(uri(driver, lines))
            .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .build();
    return open(driver, request);
  }

  @Override
  public Optional<InputStream> follow(DriverContainer driver, int lines) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(uri(driver, lines) + "&follow=true")
            .forStreaming()
            .build();
    return open(driver, request);
  }

  private Optional<InputStream> open(DriverContainer driver, HttpRequest request) {
    Optional<InputStream> log = log(request);
    if (log.isEmpty()) {
      return log;
    }
    // Asked after the log is open: if the pod is the one meant now, it was so then.
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

  /** Unlike {@code watchLog} of the client's own, looks at the status before the body. */
  private Optional<InputStream> log(HttpRequest request) {
    HttpResponse<InputStream> response = answer(request, true);
    if (response.isSuccessful()) {
      return Optional.of(response.body());
    }
    close(response.body());
    return switch (response.code()) {
      // 400: the container waits to start, or the pod has no node yet.
      case 400, 404 -> Optional.empty();
      default -> throw new KubernetesClientException("no log is given", response.code(), null);
    };
  }

  /**
   * An answer that is closed before its end takes its connection with it, and the next request may
   * have been given that very connection: the client does not send it again, so this does, once.
   */
  private HttpResponse<InputStream> answer(HttpRequest request, boolean again) {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.getHttpClient().sendAsync(request, InputStream.class);
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      if (again && e.getCause() instanceof HttpClosedException) {
        return answer(request, false);
      }
      throw new KubernetesClientException("no log is given", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }

  private boolean exists(DriverContainer driver) {
    Pod pod;
    try {
      pod = pod(driver);
    } catch (KubernetesClientException e) {
      if (e.getCode() != NO_ANSWER) {
        throw e;
      }
      // As above: the connection may have been one that was just closed.
      pod = pod(driver);
    }
    return pod != null && driver.uid().equals(pod.getMetadata().getUid());
  }

  private @Nullable Pod pod(DriverContainer driver) {
    return client.pods().inNamespace(driver.namespace()).withName(driver.pod()).get();
  }

  private String uri(DriverContainer driver, int lines) {
    return URLUtils.join(
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
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // Nobody wants it any more.
    }
  }
}
