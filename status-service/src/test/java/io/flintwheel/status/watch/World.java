package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.status.logs.DriverContainer;
import io.flintwheel.status.logs.DriverLogs;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everything outside, as simple as it can be. */
final class World extends Clock implements FactSink, PodSource, PodJournal, DriverLogs, Requeue {

  final List<Event<JobFact>> told = new ArrayList<>();
  final Map<String, Pod> live = new HashMap<>();
  final Set<JobId> cancelRequests = new HashSet<>();

  /** Jobs whose attempt has ended, as others told. */
  final Set<JobId> ended = new HashSet<>();

  final List<String> queued = new ArrayList<>();
  final List<String> failed = new ArrayList<>();
  final List<String> savedLogs = new ArrayList<>();
  Instant now = Instant.parse("2026-01-01T12:00:00Z");
  boolean kafkaIsAway;

  /** Types that are not taken, although Kafka is there. */
  final Set<String> refused = new HashSet<>();

  /** Types that cannot even be sent. */
  final Set<String> unwritable = new HashSet<>();

  boolean apiServerIsAway;

  List<String> types() {
    return told.stream().map(fact -> fact.data().type()).toList();
  }

  @Override
  public boolean isCancelRequested(JobId jobId, int attempt) {
    return cancelRequests.contains(jobId);
  }

  @Override
  public boolean hasEnded(JobId jobId, int attempt) {
    return ended.contains(jobId);
  }

  @Override
  public CompletionStage<Void> tell(Event<JobFact> fact) {
    if (unwritable.contains(fact.data().type())) {
      throw new IllegalStateException("cannot be written");
    }
    if (kafkaIsAway || refused.contains(fact.data().type())) {
      return CompletableFuture.failedFuture(new IllegalStateException("Kafka is away"));
    }
    told.add(fact);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Optional<Pod> find(String namespace, String name) {
    if (apiServerIsAway) {
      throw new KubernetesClientException("the API server is away");
    }
    return Optional.ofNullable(live.get(name));
  }

  @Override
  public String tail(DriverContainer driver) {
    return "";
  }

  @Override
  public void running(DriverContainer driver) {}

  @Override
  public void stopping(DriverContainer driver) {}

  @Override
  public void ended(DriverContainer driver) {
    savedLogs.add(driver.pod());
  }

  @Override
  public void gone(DriverContainer driver) {}

  @Override
  public void add(String uid) {
    queued.add(uid);
  }

  @Override
  public void addAfterFailure(String uid) {
    failed.add(uid);
  }

  @Override
  public void succeeded(String uid) {}

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
