package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.status.logs.DriverLogs;
import io.flintwheel.status.projection.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Compares what a pod's present state tells with what was told, and tells the rest. It never reacts
 * to a change as such, so it does not matter how many changes it missed.
 */
final class PodReconciler {

  private static final Logger LOG = Logger.getLogger(PodReconciler.class);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  private final Map<String, TrackedPod> pods = new ConcurrentHashMap<>();
  private final DriverFacts drivers;
  private final ExecutorFacts executors;
  private final FactSink sink;
  private final PodSource source;
  private final PodJournal journal;
  private final DriverLogs logs;
  private final Graces graces;
  private final Clock clock;

  PodReconciler(Facts facts, Surroundings outside, Graces graces, Clock clock) {
    this.drivers = facts.drivers();
    this.executors = facts.executors();
    this.sink = outside.sink();
    this.source = outside.source();
    this.journal = outside.journal();
    this.logs = outside.logs();
    this.graces = graces;
    this.clock = clock;
  }

  /** How states become facts. */
  record Facts(DriverFacts drivers, ExecutorFacts executors) {}

  /** Everything outside that a look at a pod may need. */
  record Surroundings(FactSink sink, PodSource source, PodJournal journal, DriverLogs logs) {}

  /**
   * How long a pod must be gone before it is told to be lost.
   *
   * @param stopped of an executor that was told to stop
   */
  record Graces(Duration lost, Duration stopped) {

    private Duration of(PodReading pod) {
      boolean executor = pod.role() == PodReading.Role.EXECUTOR;
      return executor && pod.deletionRequestedAt().isPresent() ? stopped : lost;
    }
  }

  /** Takes a state; true when the pod wants to be looked at. */
  boolean seen(PodReading pod) {
    TrackedPod known = pods.putIfAbsent(pod.uid(), new TrackedPod(pod));
    return known == null || known.seen(pod);
  }

  /** The pod is gone, as far as is known. */
  void gone(PodReading pod) {
    pods.computeIfAbsent(pod.uid(), uid -> new TrackedPod(pod)).gone(pod, clock.instant());
  }

  boolean isTracked(String uid) {
    return pods.containsKey(uid);
  }

  /** All pods that are believed to exist. */
  List<PodReading> present() {
    return pods.values().stream()
        .filter(pod -> pod.goneSince().isEmpty())
        .map(TrackedPod::last)
        .toList();
  }

  /**
   * Looks at a pod.
   *
   * @param again where pods go that want to be looked at because of this one
   * @return after which time this pod wants to be looked at again, if it does
   */
  Optional<Duration> reconcile(String uid, Requeue again) {
    TrackedPod tracked = pods.get(uid);
    if (tracked == null) {
      return Optional.empty();
    }
    if (!tracked.hasEnded() || tracked.owes()) {
      tracked.looked();
      present(tracked, again);
    }
    if (tracked.goneSince().isEmpty()) {
      return untilSilenceIsNoticed(tracked.last());
    }
    if (tracked.hasEnded()) {
      return forget(tracked);
    }
    return gone(tracked, tracked.goneSince().get(), again);
  }

  private void present(TrackedPod tracked, Requeue again) {
    PodReading pod = tracked.last();
    if (!pod.hasState()) {
      return;
    }
    if (pod.role() == PodReading.Role.EXECUTOR) {
      executors.of(pod).forEach(fact -> tellState(tracked, fact, again));
      return;
    }
    List<Event<JobFact>> facts = drivers.of(pod, () -> logs.tail(pod.driverContainer()));
    if (facts.stream().anyMatch(PodReconciler::isEnd)) {
      // First: the pod may be deleted any moment, and telling waits while Kafka is away.
      logs.ended(pod.driverContainer());
    }
    facts.forEach(fact -> tellState(tracked, fact, again));
    if (tracked.hasEnded()) {
      executorsOf(pod).forEach(again::add);
    } else if (pod.isRunning()) {
      if (pod.deletionRequestedAt().isPresent()) {
        logs.stopping(pod.driverContainer());
      } else {
        logs.running(pod.driverContainer());
      }
    }
  }

  /** Nothing changes in a pod whose node is lost, so that no watch brings it. */
  private Optional<Duration> untilSilenceIsNoticed(PodReading pod) {
    Instant now = clock.instant();
    return SilentNode.of(pod)
        .filter(node -> now.isBefore(node.noticedAt()))
        .map(node -> Duration.between(now, node.noticedAt()).plusMillis(1));
  }

  private Optional<Duration> gone(TrackedPod tracked, Instant since, Requeue again) {
    PodReading pod = tracked.last();
    if (pod.isWithdrawn()) {
      return endsUntold(pod);
    }
    boolean driverEnded = pod.role() == PodReading.Role.EXECUTOR && driverHasEnded(pod);
    boolean expected = driverEnded || pod.cancelRequested().isPresent();
    Duration waited = Duration.between(since, clock.instant());
    Duration grace = graces.of(pod);
    if (!expected && waited.compareTo(grace) < 0) {
      return Optional.of(grace.minus(waited).plusMillis(1));
    }
    try {
      Optional<Pod> live = source.find(pod.namespace(), pod.name());
      if (live.isPresent() && live.get().getMetadata().getUid().equals(pod.uid())) {
        PodReading.of(live.get()).ifPresent(tracked::seen);
        tracked.present();
        again.add(pod.uid());
        return Optional.empty();
      }
      if (live.flatMap(PodReading::of).filter(other -> replaces(pod, other)).isPresent()) {
        return endsUntold(pod);
      }
      if (pod.role() == PodReading.Role.EXECUTOR) {
        tell(tracked, executors.gone(pod, driverEnded, since), true, again);
        return forget(tracked);
      }
      boolean endIsTold = journal.hasEnded(pod.jobId(), pod.attempt());
      if (!endIsTold) {
        boolean cancelled =
            pod.cancelRequested().isPresent()
                || journal.isCancelRequested(pod.jobId(), pod.attempt());
        tell(tracked, drivers.gone(pod, cancelled, since), true, again);
      }
      logs.gone(pod.driverContainer());
      executorsOf(pod).forEach(again::add);
      // Who told the end knew more than that the pod is gone.
      return endIsTold ? endsUntold(pod) : forget(tracked);
    } catch (KubernetesClientException | StoreUnavailable e) {
      LOG.debugf("whether a pod is lost cannot be told yet: pod=%s", pod.name());
      return Optional.of(ASK_AGAIN);
    }
  }

  private Optional<Duration> endsUntold(PodReading pod) {
    pods.remove(pod.uid());
    return Optional.empty();
  }

  /** A driver that was removed before it started was made anew; the attempt goes on in that one. */
  private static boolean replaces(PodReading gone, PodReading live) {
    return gone.role() == PodReading.Role.DRIVER
        && live.role() == PodReading.Role.DRIVER
        && gone.startedAt().isEmpty()
        && isSameAttempt(gone, live);
  }

  private void tellState(TrackedPod tracked, Event<JobFact> fact, Requeue again) {
    if (!isPending(fact)) {
      tell(tracked, fact, isEnd(fact), again);
    } else if (tracked.waitsAgain(fact.id())) {
      // Its id is spent; every replica that sees this state of the pod makes the same one of it.
      String version = tracked.last().pod().getMetadata().getResourceVersion();
      EventId anew = EventId.of(fact.id(), version);
      tell(tracked, new Event<>(anew, fact.source(), fact.time(), fact.data()), false, again);
      tracked.waits(fact.id());
    } else if (!tracked.hasTold(fact.id())) {
      tell(tracked, fact, false, again);
      tracked.waits(fact.id());
    }
  }

  private void tell(TrackedPod tracked, Event<JobFact> fact, boolean end, Requeue again) {
    if (tracked.hasTold(fact.id())) {
      return;
    }
    CompletionStage<Void> telling = sink.tell(fact);
    // Only now: what could not even be sent was not told.
    tracked.telling(fact.id(), end);
    var unused =
        telling.whenComplete(
            (done, failure) -> {
              if (failure == null) {
                tracked.confirmed();
                again.succeeded(tracked.last().uid());
              } else {
                tracked.refused(fact.id(), end);
                tracked.waits(null);
                again.addAfterFailure(tracked.last().uid());
              }
            });
  }

  /** What is told of a pod that is gone need not be remembered, once it is durable. */
  private Optional<Duration> forget(TrackedPod tracked) {
    if (!tracked.isFinished()) {
      return Optional.of(ASK_AGAIN);
    }
    pods.remove(tracked.last().uid());
    return Optional.empty();
  }

  private boolean driverHasEnded(PodReading executor) {
    return pods.values().stream()
        .filter(pod -> pod.last().role() == PodReading.Role.DRIVER)
        .filter(pod -> isSameAttempt(pod.last(), executor))
        .allMatch(TrackedPod::hasEnded);
  }

  private List<String> executorsOf(PodReading driver) {
    return pods.values().stream()
        .map(TrackedPod::last)
        .filter(pod -> pod.role() == PodReading.Role.EXECUTOR && isSameAttempt(pod, driver))
        .map(PodReading::uid)
        .toList();
  }

  private static boolean isSameAttempt(PodReading a, PodReading b) {
    return a.jobId().equals(b.jobId()) && a.attempt() == b.attempt();
  }

  private static boolean isPending(Event<JobFact> fact) {
    return fact.data() instanceof JobPending
        || (fact.data() instanceof ExecutorChanged executor
            && executor.state() == ExecutorState.PENDING);
  }

  private static boolean isEnd(Event<JobFact> fact) {
    return fact.data() instanceof ExecutorChanged executor
        ? executor.state().isTerminal()
        : DriverFacts.isEnd(fact.data());
  }
}
