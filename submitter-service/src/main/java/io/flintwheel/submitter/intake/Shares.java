package io.flintwheel.submitter.intake;

import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.DaemonThreads;
import io.flintwheel.submitter.policy.NamespacePolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * The threads and the room of each namespace: one in which nothing can be created, or only slowly,
 * takes none of another's. What belongs to no allowed namespace, cancels among it, has a share too.
 */
@ApplicationScoped
class Shares {

  /** Of records that belong to no allowed namespace. */
  static final String OTHERS = "-";

  private final NamespacePolicy namespaces;
  private final IntakeConfig config;
  private final IntakeMetrics metrics;
  private final Map<String, ExecutorService> workers = new ConcurrentHashMap<>();

  Shares(NamespacePolicy namespaces, IntakeConfig config, IntakeMetrics metrics) {
    this.namespaces = namespaces;
    this.config = config;
    this.metrics = metrics;
    namespaces.allowed().forEach(metrics::inFlight);
    metrics.inFlight(OTHERS);
  }

  String of(Decoded decoded) {
    return decoded instanceof Decoded.Message message
            && message.event().data() instanceof JobRequested request
            && namespaces.allowed().contains(request.namespace())
        ? request.namespace()
        : OTHERS;
  }

  boolean hasRoom(String share) {
    return metrics.inFlight(share) < config.maxInFlight();
  }

  /** Worth reading again what was postponed. */
  boolean hasMuchRoom(String share) {
    return metrics.inFlight(share) <= config.maxInFlight() / 2;
  }

  Executor workers(String share) {
    return workers.computeIfAbsent(
        share, name -> DaemonThreads.pool(config.concurrency(), "job-requests-" + name));
  }

  @PreDestroy
  void stop() {
    workers.values().forEach(ExecutorService::shutdownNow);
  }
}
