package io.flintwheel.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the services, over HTTP; a refusal becomes a failure with the problem's own words. */
public final class HttpApi {

  /** A slow machine may need most of it, so that whoever waits is told instead. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final Duration TELL_AFTER = Duration.ofSeconds(5);

  private final String service;
  private final String url;
  private final Supplier<Optional<String>> remedy;
  private final Consumer<String> trouble;
  private final Duration tellAfter;
  private final AtomicBoolean told = new AtomicBoolean();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param service its name in messages
   * @param url its root, such as {@code http://127.0.0.1:8083}
   */
  public HttpApi(String service, String url) {
    this(service, url, Optional::empty, line -> {});
  }

  /**
   * @param service its name in messages
   * @param url its root, such as {@code http://127.0.0.1:8083}
   * @param remedy what to do when it cannot be reached, if that is known; asked only then
   * @param trouble is told, once, that an answer takes more than 5 s
   */
  public HttpApi(
      String service, String url, Supplier<Optional<String>> remedy, Consumer<String> trouble) {
    this(service, url, remedy, trouble, TELL_AFTER);
  }

  /**
   * @param tellAfter how long an answer may take before {@code trouble} is told
   */
  HttpApi(
      String service,
      String url,
      Supplier<Optional<String>> remedy,
      Consumer<String> trouble,
      Duration tellAfter) {
    this.service = service;
    this.url = url;
    this.remedy = remedy;
    this.trouble = trouble;
    this.tellAfter = tellAfter;
  }

  public String url(String path) {
    return url + path;
  }

  public JsonNode get(String path) {
    return json(send("GET", path, null));
  }

  /** The text, or empty when the service has none (404). */
  public Optional<String> findText(String path) {
    HttpResponse<byte[]> response = exchange("GET", path, null);
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(new String(requireSuccess(response).body(), StandardCharsets.UTF_8));
  }

  /** The document, or empty when the service has none (404). */
  public Optional<JsonNode> find(String path) {
    HttpResponse<byte[]> response = exchange("GET", path, null);
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(json(requireSuccess(response)));
  }

  public JsonNode post(String path, @Nullable JsonNode body) {
    return json(send("POST", path, body == null ? "" : body.toString()));
  }

  /**
   * Deletes it.
   *
   * @throws NotFound when there is no such thing
   */
  public void delete(String path) {
    send("DELETE", path, null);
  }

  /**
   * The lines of an answer that comes bit by bit; to be closed. When the service is silent for too
   * long, reading on fails with an {@link java.io.UncheckedIOException} of an {@link
   * HttpTimeoutException}.
   */
  Stream<String> lines(String path, String accept, Silence silence) {
    return lines(path, accept, silence, headers -> {});
  }

  /**
   * The same.
   *
   * @param head is told the headers of an answer that is no refusal, before its lines
   */
  Stream<String> lines(String path, String accept, Silence silence, Consumer<HttpHeaders> head) {
    HttpRequest request = request(path).header("Accept", accept).build();
    try {
      HttpResponse<InputStream> response = begin(request, silence);
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new WatchedBody(response.body(), silence), StandardCharsets.UTF_8));
      Stream<String> lines = reader.lines().onClose(() -> close(reader));
      if (response.statusCode() != 200) {
        try (lines) {
          throw refusal(response.statusCode(), String.join(" ", lines.limit(20).toList()));
        }
      }
      head.accept(response.headers());
      return lines;
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Whether it answers at all, be it with a refusal. */
  boolean answers(String path) {
    try {
      exchange("GET", path, null);
      return true;
    } catch (CliFailure e) {
      return false;
    }
  }

  /** Not by the request's own timeout, which nobody can put off. */
  private HttpResponse<InputStream> begin(HttpRequest request, Silence silence)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> response =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      while (true) {
        try {
          return response.get(silence.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (!silence.excused().getAsBoolean()) {
            throw new HttpTimeoutException("no answer for " + silence.limit().toSeconds() + " s");
          }
        }
      }
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      response.cancel(true);
    }
  }

  private static IOException failure(ExecutionException e) {
    return e.getCause() instanceof IOException why ? why : new IOException(e.getCause());
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    try {
      return HttpRequest.newBuilder(URI.create(url + path));
    } catch (IllegalArgumentException e) {
      throw new CliFailure(
          "The address of the %s is '%s', which is none; expected one such as http://127.0.0.1:8080"
              .formatted(service, url),
          e);
    }
  }

  private HttpResponse<byte[]> send(String method, String path, @Nullable String body) {
    return requireSuccess(exchange(method, path, body));
  }

  private HttpResponse<byte[]> exchange(String method, String path, @Nullable String body) {
    HttpRequest request =
        request(path)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return awaited(http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpResponse<byte[]> awaited(CompletableFuture<HttpResponse<byte[]>> response)
      throws IOException, InterruptedException {
    try {
      try {
        return response.get(tellAfter.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!told.getAndSet(true)) {
          trouble.accept(
              "The %s has not answered for %d s; it is waited for up to %d s%s"
                  .formatted(service, tellAfter.toSeconds(), TIMEOUT.toSeconds(), advice()));
        }
        return response.get();
      }
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      response.cancel(true);
    }
  }

  private String advice() {
    return remedy.get().map(what -> "; " + what).orElse("");
  }

  private HttpResponse<byte[]> requireSuccess(HttpResponse<byte[]> response) {
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    try {
      return EventJson.mapper().readTree(response.body());
    } catch (IOException e) {
      throw new CliFailure("The " + service + " did not answer with JSON", e);
    }
  }

  private CliFailure refusal(int status, String body) {
    String told = "The %s said %d: %s".formatted(service, status, ProblemWords.ofAnswer(body));
    return status == 404 ? new NotFound(told) : new CliFailure(told);
  }

  private CliFailure unreachable(IOException e) {
    // A refused connection has no message.
    String why = e.getMessage() == null ? "connection refused" : e.getMessage();
    return new CliFailure(
        "The %s at %s cannot be reached (%s)%s".formatted(service, url, why, advice()), e);
  }

  private CliFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CliFailure("Interrupted while talking to the " + service, e);
  }
}
