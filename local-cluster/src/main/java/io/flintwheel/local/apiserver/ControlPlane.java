package io.flintwheel.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.admission.Admission;
import io.flintwheel.local.apiserver.admission.RandomSuffix;
import io.flintwheel.local.apiserver.controller.EventRecorder;
import io.flintwheel.local.apiserver.controller.GarbageCollector;
import io.flintwheel.local.apiserver.controller.Namespaces;
import io.flintwheel.local.apiserver.controller.NodeLifecycle;
import io.flintwheel.local.apiserver.controller.Scheduler;
import io.flintwheel.local.apiserver.http.ApiRouter;
import io.flintwheel.local.apiserver.http.KubeletClient;
import io.flintwheel.local.apiserver.http.Patches;
import io.flintwheel.local.apiserver.http.PodLogs;
import io.flintwheel.local.apiserver.http.Representations;
import io.flintwheel.local.apiserver.http.ResourceRequests;
import io.flintwheel.local.apiserver.http.Reviews;
import io.flintwheel.local.apiserver.http.Streams;
import io.flintwheel.local.apiserver.http.Subresources;
import io.flintwheel.local.apiserver.http.TokenRequests;
import io.flintwheel.local.apiserver.http.Watches;
import io.flintwheel.local.apiserver.object.Creation;
import io.flintwheel.local.apiserver.object.Deletion;
import io.flintwheel.local.apiserver.object.Modification;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.PodBinding;
import io.flintwheel.local.apiserver.security.Authentication;
import io.flintwheel.local.apiserver.security.CertificateAuthority;
import io.flintwheel.local.apiserver.security.ServiceAccountTokens;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.table.Tables;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/**
 * The parts of the server, put together. All of them live on one event loop, so that none needs a
 * lock and every client sees one order of things.
 */
final class ControlPlane {

  private static final long NODE_CHECK_MILLIS = 2_000;
  private static final long EVENT_CHECK_MILLIS = 60_000;

  private final Vertx vertx;
  private final Context context;
  private final Faults faults;
  private final ApiRouter router;
  private final PodJournal journal;

  ControlPlane(CertificateAuthority authority, String token, Path pods, Clock clock)
      throws IOException {
    journal = PodJournal.in(pods);
    List<ObjectNode> left = journal.left();
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    context = vertx.getOrCreateContext();
    Executor later = task -> context.runOnContext(unused -> task.run());

    ObjectStore store = new ObjectStore();
    RandomSuffix suffix = new RandomSuffix(new SecureRandom());
    Admission admission = new Admission(store, suffix);
    Objects objects =
        new Objects(
            store,
            new Creation(store, admission, suffix, clock),
            new Modification(store, admission, clock),
            new Deletion(store, clock));
    ServiceAccountTokens tokens = new ServiceAccountTokens(store, clock);
    Authentication authentication = new Authentication(token, tokens);

    new GarbageCollector(objects, later);
    Namespaces namespaces = new Namespaces(objects, later, authority.certificatePem());
    PodBinding binding = new PodBinding(store, clock);
    EventRecorder events = new EventRecorder(objects, clock);
    new Scheduler(objects, binding, events, later, clock);
    NodeLifecycle nodes = new NodeLifecycle(objects, events, clock);
    context.runOnContext(
        unused -> {
          vertx.setPeriodic(NODE_CHECK_MILLIS, timer -> nodes.check());
          vertx.setPeriodic(EVENT_CHECK_MILLIS, timer -> events.forgetOld());
        });
    journal.follow(store);
    CompletableFuture.runAsync(
            () -> {
              Seeds.plant(objects, namespaces);
              new LostPods(objects, namespaces, clock).bringBack(left);
            },
            later)
        .join();

    Watches watches = new Watches(vertx, store);
    Representations representations = new Representations(new Tables(clock));
    faults = new Faults(() -> later.execute(watches::dropAll));
    router =
        new ApiRouter(
            vertx,
            authentication,
            faults,
            new ResourceRequests(
                objects,
                new Patches(objects, clock),
                new Subresources(
                    objects,
                    binding,
                    new TokenRequests(objects, tokens, clock),
                    new Reviews(authentication)),
                representations),
            new Streams(
                watches,
                new PodLogs(objects, KubeletClient.create(vertx, authority)),
                representations));
  }

  Vertx vertx() {
    return vertx;
  }

  Context context() {
    return context;
  }

  Faults faults() {
    return faults;
  }

  ApiRouter router() {
    return router;
  }

  void close() {
    CountDownLatch closed = new CountDownLatch(1);
    vertx.close().onComplete(unused -> closed.countDown());
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
  }
}
