package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A cluster in memory that can fail before or after any call. */
public final class FakeCluster implements Cluster {

  public static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

  public final Map<String, Pod> pods = new ConcurrentSkipListMap<>();
  public final Map<String, ConfigMap> configMaps = new ConcurrentSkipListMap<>();
  public final Map<String, Service> services = new ConcurrentSkipListMap<>();
  public final List<Pod> deleted = new CopyOnWriteArrayList<>();
  public final List<String> calls = new CopyOnWriteArrayList<>();
  private final Queue<Runnable> failures = new ArrayDeque<>();
  private final AtomicInteger uids = new AtomicInteger();
  private final Map<String, Runnable> troubles = new ConcurrentHashMap<>();
  private final Map<String, RuntimeException> refusals = new ConcurrentHashMap<>();
  private final Map<String, Runnable> following = new ConcurrentHashMap<>();
  private Runnable onCall = () -> {};
  private boolean losesAnswer;
  private int crashAfterWrites = Integer.MAX_VALUE;

  /** The next call of any kind fails before it has an effect. */
  public FakeCluster failNext(RuntimeException failure) {
    failures.add(
        () -> {
          throw failure;
        });
    return this;
  }

  /** Whatever is created in a namespace meets this first, until {@link #heal}. */
  public void trouble(String namespace, Runnable trouble) {
    troubles.put(namespace, trouble);
  }

  /** Nothing that was about to fail fails. */
  public void healAll() {
    failures.clear();
    losesAnswer = false;
  }

  public void heal(String namespace) {
    troubles.remove(namespace);
  }

  /**
   * Every call of a kind, such as {@code create configmap}, fails without an effect; or only in one
   * namespace, such as {@code list pods in broken}.
   */
  public void refuse(String call, RuntimeException refusal) {
    refusals.put(call, refusal);
  }

  /**
   * What somebody else does right after the next call of a kind, such as {@code create service}, or
   * before the next {@code annotate pod} of a pod as it was seen.
   */
  public void after(String call, Runnable others) {
    following.put(call, others);
  }

  /** What others do before each call. */
  public void onCall(Runnable others) {
    onCall = others;
  }

  /** The next write is done, and nobody hears of it. */
  public void loseNextAnswer() {
    losesAnswer = true;
  }

  /** As the garbage collector does. */
  public synchronized void collectGarbage() {
    Set<String> uids =
        pods.values().stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    services.values().removeIf(service -> isOrphan(service, uids));
    configMaps.values().removeIf(configMap -> isOrphan(configMap, uids));
  }

  private static boolean isOrphan(HasMetadata object, Set<String> uids) {
    return object.getMetadata().getOwnerReferences().stream()
        .noneMatch(owner -> uids.contains(owner.getUid()));
  }

  public void refuseNothing() {
    refusals.clear();
  }

  /** The process ends right after so many writes. */
  public FakeCluster crashAfterWrites(int writes) {
    crashAfterWrites = writes;
    return this;
  }

  public static ClusterUnavailableException unavailable() {
    return new ClusterUnavailableException("Kubernetes answered 503");
  }

  public static ClusterRefusalException refusal(int code, String reason, String message) {
    return new ClusterRefusalException(code, reason, message, new IllegalStateException(reason));
  }

  /** What a process that was killed in the middle of something does. */
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public synchronized Optional<Pod> findPod(String namespace, String name) {
    call("get pod");
    return Optional.ofNullable(pods.get(name));
  }

  @Override
  public synchronized List<Pod> driversOf(String namespace, JobId jobId) {
    call("list pods", namespace);
    return pods.values().stream()
        .filter(pod -> namespace.equals(pod.getMetadata().getNamespace()))
        .filter(pod -> jobId.value().equals(DriverPods.label(pod, JobLabels.JOB_ID)))
        .toList();
  }

  @Override
  public synchronized List<Pod> unfinishedDrivers(String namespace) {
    call("list pods", namespace);
    return pods.values().stream().filter(pod -> !DriverPods.isDone(pod)).toList();
  }

  @Override
  public Optional<Pod> create(Pod pod) {
    troubles.getOrDefault(pod.getMetadata().getNamespace(), () -> {}).run();
    return createNow(pod);
  }

  private synchronized Optional<Pod> createNow(Pod pod) {
    call("create pod");
    if (pods.containsKey(pod.getMetadata().getName())) {
      return Optional.empty();
    }
    Pod created =
        new PodBuilder(pod)
            .editMetadata()
            .withUid("uid-" + uids.incrementAndGet())
            .withCreationTimestamp(CREATED.toString())
            .endMetadata()
            .withNewStatus()
            .withPhase("Pending")
            .endStatus()
            .build();
    pods.put(pod.getMetadata().getName(), created);
    wrote();
    return Optional.of(created);
  }

  @Override
  public synchronized Optional<ConfigMap> findConfigMap(String namespace, String name) {
    call("get configmap");
    return Optional.ofNullable(configMaps.get(name));
  }

  @Override
  public synchronized Optional<Stranger> createOwned(ConfigMap configMap, OwnerReference owner) {
    callUnlessThere("create configmap", configMaps, configMap);
    ConfigMap owned =
        new ConfigMapBuilder(configMap)
            .editMetadata()
            .withOwnerReferences(owner)
            .endMetadata()
            .build();
    return createOwned(configMaps, owned, owner);
  }

  @Override
  public synchronized Optional<Stranger> createOwned(Service service, OwnerReference owner) {
    callUnlessThere("create service", services, service);
    Service owned =
        new ServiceBuilder(service).editMetadata().withOwnerReferences(owner).endMetadata().build();
    return createOwned(services, owned, owner);
  }

  @Override
  public synchronized boolean annotateAsSeen(Pod pod, String annotation, String value) {
    Runnable meanwhile = following.remove("before annotate pod");
    if (meanwhile != null) {
      meanwhile.run();
    }
    Pod there = pods.get(pod.getMetadata().getName());
    if (there != null && !there.equals(pod)) {
      throw new ClusterUnavailableException("Kubernetes answered 409");
    }
    return annotate(pod, annotation, value);
  }

  @Override
  public synchronized boolean annotate(Pod pod, String annotation, String value) {
    call("annotate pod", pod.getMetadata().getNamespace());
    Pod there = pods.get(pod.getMetadata().getName());
    if (there == null || !there.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
      return false;
    }
    pods.put(
        pod.getMetadata().getName(),
        new PodBuilder(there)
            .editMetadata()
            .addToAnnotations(annotation, value)
            .endMetadata()
            .build());
    wrote();
    return true;
  }

  @Override
  public synchronized void delete(Pod pod) {
    call("delete pod");
    Pod gone = pods.remove(pod.getMetadata().getName());
    if (gone != null) {
      deleted.add(gone);
    }
    wrote();
  }

  @Override
  public Duration longestCall() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void ping(String namespace) {
    call("ping", namespace);
  }

  /** Moves a pod on. */
  public synchronized void phase(String pod, String phase) {
    pods.computeIfPresent(
        pod,
        (name, there) -> new PodBuilder(there).editStatus().withPhase(phase).endStatus().build());
  }

  /** Who is refused looks whether it is there. */
  private void callUnlessThere(
      String what, Map<String, ? extends HasMetadata> kind, HasMetadata wanted) {
    try {
      call(what);
    } catch (ClusterRefusalException e) {
      if (!kind.containsKey(wanted.getMetadata().getName())) {
        throw e;
      }
    }
  }

  private <T extends HasMetadata> Optional<Stranger> createOwned(
      Map<String, T> kind, T owned, OwnerReference owner) {
    T there = kind.putIfAbsent(owned.getMetadata().getName(), owned);
    if (there == null) {
      wrote();
      Optional.ofNullable(following.remove("create " + owned.getKind().toLowerCase(Locale.ROOT)))
          .ifPresent(Runnable::run);
      return Optional.empty();
    }
    boolean same =
        there.getMetadata().getOwnerReferences().stream()
            .anyMatch(reference -> reference.getUid().equals(owner.getUid()));
    return same
        ? Optional.empty()
        : Optional.of(
            new Stranger(
                Optional.ofNullable(there.getMetadata().getLabels())
                    .map(labels -> labels.get(JobLabels.JOB_ID)),
                there.getKind() + " " + there.getMetadata().getName()));
  }

  private void call(String what, String namespace) {
    String inNamespace = what + " in " + namespace;
    if (refusals.containsKey(inNamespace)) {
      calls.add(inNamespace);
      throw refusals.get(inNamespace);
    }
    call(what);
  }

  private void call(String what) {
    calls.add(what);
    onCall.run();
    if (refusals.containsKey(what)) {
      throw refusals.get(what);
    }
    Runnable failure = failures.poll();
    if (failure != null) {
      failure.run();
    }
  }

  private void wrote() {
    if (losesAnswer) {
      losesAnswer = false;
      throw unavailable();
    }
    crashAfterWrites--;
    if (crashAfterWrites == 0) {
      throw new Crash();
    }
  }
}
