package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.Faults;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.security.Authentication;
import io.flintwheel.local.apiserver.security.Identity;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes each request to whoever answers it. */
public final class ApiRouter implements Handler<HttpServerRequest> {

  /** As etcd's clients allow. */
  private static final long BODY_LIMIT = 3 * 1024 * 1024;

  private static final Set<String> HEALTH = Set.of("/healthz", "/readyz", "/livez");
  private static final Logger LOG = System.getLogger(ApiRouter.class.getName());

  private final Vertx vertx;
  private final Authentication authentication;
  private final Faults faults;
  private final ResourceRequests resources;
  private final Streams streams;

  public ApiRouter(
      Vertx vertx,
      Authentication authentication,
      Faults faults,
      ResourceRequests resources,
      Streams streams) {
    this.vertx = vertx;
    this.authentication = authentication;
    this.faults = faults;
    this.resources = resources;
    this.streams = streams;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    boolean health =
        HEALTH.contains(path) || path.startsWith("/readyz/") || path.startsWith("/livez/");
    if (request.method().equals(HttpMethod.HEAD)) {
      // Kubernetes routes it nowhere else, and what answers it must have no body.
      request.response().setStatusCode(health ? 200 : 405).end();
      return;
    }
    if (health) {
      Answer.text(200, "ok").send(request.response());
      return;
    }
    Optional<Identity> identity =
        authentication.identify(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (identity.isEmpty() && !path.equals("/version")) {
      Answer.of(ApiFailure.unauthorized()).send(request.response());
      return;
    }
    if (discovered(request, path)) {
      return;
    }
    Optional<RequestTarget> target = RequestTarget.parse(path);
    if (target.isEmpty()) {
      Answer.of(ApiFailure.noSuchPath()).send(request.response());
      return;
    }
    ApiRequest call = new ApiRequest(request, target.get(), identity.orElse(Identity.ANONYMOUS));
    long latency = faults.latency().toMillis();
    if (latency > 0) {
      request.pause();
      vertx.setTimer(
          latency,
          unused -> {
            request.resume();
            answer(call);
          });
    } else {
      answer(call);
    }
  }

  private static boolean discovered(HttpServerRequest request, String path) {
    String trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    ObjectNode document = Discovery.at(trimmed);
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    Answer answer =
        document == null
            ? OpenApi.answer(trimmed, accept == null ? "" : accept)
            : Answer.of(200, document);
    if (answer == null) {
      return false;
    }
    answer.send(request.response());
    return true;
  }

  private void answer(ApiRequest call) {
    Faults.@Nullable Fault fault =
        faults.take(call.verb().rbac(), call.target().type().plural()).orElse(null);
    if (fault != null && fault.when() == Faults.When.BEFORE) {
      long seconds = fault.retryAfter().toSeconds();
      if (seconds > 0) {
        call.http().response().putHeader("retry-after", Long.toString(seconds));
      }
      Answer.of(ApiFailure.injected(fault.status(), seconds)).send(call.http().response());
      return;
    }
    if (call.verb() == Verb.WATCH || call.logs()) {
      guarded(call, () -> streams.open(call));
      return;
    }
    call.http()
        .body()
        .onSuccess(body -> guarded(call, () -> finish(call, body, fault)))
        .onFailure(unused -> call.http().response().reset());
  }

  private void finish(ApiRequest call, Buffer body, Faults.@Nullable Fault fault) {
    if (body.length() > BODY_LIMIT) {
      throw ApiFailure.tooLarge(BODY_LIMIT);
    }
    Answer answer = resources.answer(call, body.getBytes()).warning(call.warnings());
    if (fault != null) {
      call.http().connection().close();
      return;
    }
    answer.send(call.http().response());
  }

  private static void guarded(ApiRequest call, Runnable work) {
    try {
      work.run();
    } catch (ApiFailure failure) {
      Answer.of(failure).send(call.http().response());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "request failed: path=" + call.http().path(), e);
      Answer.of(ApiFailure.internal(e.toString())).send(call.http().response());
    }
  }
}
