package io.flintwheel.local.apiserver.http;

import io.flintwheel.local.apiserver.http.Watches.Request;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.store.StoredObject;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests whose answers have no end yet: watches and logs. */
public final class Streams {

  private final Watches watches;
  private final PodLogs logs;
  private final Representations representations;

  public Streams(Watches watches, PodLogs logs, Representations representations) {
    this.watches = watches;
    this.logs = logs;
    this.representations = representations;
  }

  void open(ApiRequest call) {
    if (call.logs()) {
      logs.open(call);
      return;
    }
    OptionsCheck.checkList(call, Long.MAX_VALUE);
    Function<StoredObject, byte[]> form = representations.ofWatch(call);
    Request request =
        new Request(
            call.selection(),
            revision(call.query("resourceVersion")),
            call.flag("allowWatchBookmarks"),
            call.flag("sendInitialEvents"),
            call.number("timeoutSeconds"),
            form);
    if (call.flag("sendInitialEvents")
        && !"NotOlderThan".equals(call.query("resourceVersionMatch"))) {
      throw ApiFailure.badRequest(
          "sendInitialEvents: Forbidden: resourceVersionMatch must be NotOlderThan");
    }
    if ("websocket".equalsIgnoreCase(call.http().getHeader(HttpHeaders.UPGRADE))) {
      call.http().toWebSocket().onSuccess(socket -> watches.open(request, WatchSink.of(socket)));
    } else {
      watches.open(request, WatchSink.of(call.http()));
    }
  }

  private static @Nullable Long revision(@Nullable String since) {
    if (since == null || since.isEmpty() || since.equals("0")) {
      return null;
    }
    return Long.valueOf(since);
  }
}
