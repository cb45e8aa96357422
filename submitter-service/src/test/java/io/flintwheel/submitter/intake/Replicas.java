package io.flintwheel.submitter.intake;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.kafka.FakePublisher;
import io.flintwheel.submitter.kafka.KafkaConnections;
import io.flintwheel.submitter.kubernetes.ClusterRefusalException;
import io.flintwheel.submitter.kubernetes.ClusterUnavailableException;
import io.flintwheel.submitter.kubernetes.Clusters;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.DriverBuilder;
import io.flintwheel.submitter.spark.DriverResources;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import io.flintwheel.submitter.spark.UnbuildableJobException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Two replicas, each with a request for the same job and one of them with its cancel. */
final class Replicas {

  private static final Event<JobRequested> PI = Requests.sparkPi("pi");
  private static final Event<JobMessage> CANCEL = Deliveries.cancel("pi");
  private static final URI WATCHER = URI.create("urn:flintwheel:test:status");
  private static final int STEPS = 60;
  private static final int DEEPEST = 3;

  private static final DriverResources PARTS = parts();
  private static final DriverBuilder BUILDER = request -> PARTS;

  final FakeCluster cluster = new FakeCluster();
  final FakePublisher broker = new FakePublisher();

  /** Uids of drivers that were started. */
  final Set<String> ran = new HashSet<>();

  private final Random random;
  private final List<Replica> all = new ArrayList<>();
  private final Trouble trouble;
  private final boolean withCancel;
  private final List<String> story = new ArrayList<>();
  private boolean cancelWasAsked;
  private int depth;

  /** What goes wrong beside refusals and a broker that is away. */
  enum Trouble {
    /** Nothing, so that nobody has to look after anything later. */
    NONE,
    /** Calls fail, answers are lost, and processes end; what is left by that, the sweep finds. */
    ANY
  }

  Replicas(long seed, Trouble trouble, boolean withCancel) {
    this.trouble = trouble;
    this.random = new Random(seed);
    this.withCancel = withCancel;
    all.add(new Replica(List.of(PI, PI)));
    all.add(new Replica(List.of(PI)));
    cluster.onCall(this::others);
    broker.meanwhile(this::othersWhileItIsTold);
  }

  private static DriverResources parts() {
    try {
      return new SparkDriverBuilder().build(Reviewers.admitted(PI));
    } catch (UnbuildableJobException e) {
      throw new AssertionError(e);
    }
  }

  boolean told(String type) {
    return broker.types().contains(type);
  }

  /** An end is told, or the watcher tells it of a driver that it saw. */
  boolean hasEnd() {
    return told("cancelled")
        || told("submission-failed")
        || cluster.deleted.stream().anyMatch(Replicas::isSeenToBeCancelled)
        || cluster.pods.values().stream()
            .anyMatch(pod -> "Succeeded".equals(pod.getStatus().getPhase()));
  }

  private static boolean isSeenToBeCancelled(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return annotations.containsKey(JobLabels.CANCEL_REQUESTED)
        && !annotations.containsKey(JobLabels.WITHDRAWN);
  }

  void play() {
    for (int i = 0; i < STEPS; i++) {
      step();
    }
    askForCancel();
    cluster.onCall(() -> {});
    cluster.refuseNothing();
    broker.meanwhile(() -> {});
    broker.setAway(false);
    cluster.healAll();
    for (int i = 0; i < STEPS && all.stream().anyMatch(replica -> !replica.isDone()); i++) {
      all.forEach(Replica::listen);
      all.forEach(Replica::workOff);
      cluster.collectGarbage();
      removeWhatAllHaveHeardOf();
    }
    if (all.stream().anyMatch(replica -> !replica.isDone())) {
      throw new AssertionError("work is left: " + this);
    }
    removeWhatAllHaveHeardOf();
    for (int i = 0; i < 3 && trouble == Trouble.ANY; i++) {
      all.forEach(Replica::sweep);
    }
    start();
  }

  /** Everything that was asked and told, for people. */
  @Override
  public String toString() {
    return broker.types() + " " + story;
  }

  private void step() {
    Replica one = all.get(random.nextInt(all.size()));
    int what = random.nextInt(14);
    story.add(depth + ":" + what + (all.indexOf(one) == 0 ? "a" : "b"));
    switch (what) {
      case 0, 1, 2, 3, 4 -> one.workOff();
      case 5 -> one.listen();
      case 6 ->
          cluster.refuse(
              List.of("create pod", "create service", "create configmap").get(random.nextInt(3)),
              FakeCluster.refusal(403, "Forbidden", "exceeded quota"));
      case 7 -> cluster.refuseNothing();
      case 8, 9 -> loseCall(what == 8);
      case 10 -> broker.setAway(random.nextBoolean());
      case 11 -> start();
      case 12 -> rarely(one);
      default -> cluster.collectGarbage();
    }
  }

  private void loseCall(boolean before) {
    if (trouble == Trouble.ANY && before) {
      cluster.failNext(FakeCluster.unavailable());
    } else if (trouble == Trouble.ANY) {
      cluster.loseNextAnswer();
    }
  }

  private void rarely(Replica one) {
    switch (random.nextInt(5)) {
      case 0 -> loseProcess(one);
      case 3 -> sweep(one);
      case 1 -> removeWhatAllHaveHeardOf();
      case 2 -> end();
      default -> askForCancel();
    }
  }

  private void loseProcess(Replica one) {
    if (trouble == Trouble.ANY) {
      one.beginAnew();
    }
  }

  private void sweep(Replica one) {
    if (trouble == Trouble.ANY) {
      one.sweep();
    }
  }

  private void askForCancel() {
    if (withCancel && !cancelWasAsked) {
      cancelWasAsked = true;
      all.get(0).take(CANCEL);
    }
  }

  /** Others go on between two calls of one. */
  private void others() {
    story.add(cluster.calls.isEmpty() ? "" : cluster.calls.get(cluster.calls.size() - 1));
    if (depth < DEEPEST && random.nextInt(3) == 0) {
      depth++;
      try {
        step();
      } finally {
        depth--;
      }
    }
  }

  private void othersWhileItIsTold() {
    broker.meanwhile(this::othersWhileItIsTold);
    others();
  }

  /** As a kubelet does, which knows nothing of marks. */
  private void start() {
    for (Pod pod : List.copyOf(cluster.pods.values())) {
      String name = pod.getMetadata().getName();
      if ("Pending".equals(pod.getStatus().getPhase())
          && cluster.configMaps.containsKey(name + "-conf-map")) {
        cluster.phase(name, "Running");
        if (!pod.getMetadata().getAnnotations().containsKey(JobLabels.WITHDRAWN)) {
          ran.add(pod.getMetadata().getUid());
          seen(pod);
        }
      }
    }
  }

  private void end() {
    if (depth == 0) {
      List.copyOf(cluster.pods.values()).stream()
          .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
          .forEach(pod -> cluster.phase(pod.getMetadata().getName(), "Succeeded"));
    }
  }

  private void seen(Pod pod) {
    broker.events.add(
        new Event<>(
            EventId.of("running", pod.getMetadata().getUid()),
            WATCHER,
            FakeCluster.CREATED,
            new JobRunning(
                PI.data().jobId(),
                "default",
                1,
                PodRef.of(pod.getMetadata().getName(), pod.getMetadata().getUid()),
                FakeCluster.CREATED,
                null)));
  }

  private void removeWhatAllHaveHeardOf() {
    List<Runnable> due = new ArrayList<>();
    for (Replica replica : all) {
      due.addAll(replica.deliveries.onceAllHaveHeard);
      replica.deliveries.onceAllHaveHeard.clear();
    }
    all.forEach(Replica::listen);
    due.forEach(Runnable::run);
  }

  /** A process, until it ends; its records are delivered again to the next. */
  private final class Replica {

    private final List<Work> works = new ArrayList<>();
    private Deliveries deliveries;
    private int heard;
    private boolean heardRequests;
    private boolean heardCancel;
    private Runnable sweep = () -> {};

    Replica(List<Event<JobRequested>> requests) {
      deliveries = process();
      requests.forEach(this::take);
    }

    private Deliveries process() {
      JobMemory memory = memory();
      sweep = Clusters.sweep(cluster, TestConfig.standard(), memory);
      return new Deliveries(BUILDER, cluster, broker, memory);
    }

    private JobMemory memory() {
      return new JobMemory(
          KafkaConnections.to("localhost:1"),
          new Intakes.Limits(1, 1, Duration.ofSeconds(1)),
          Clock.systemUTC()) {
        @Override
        boolean awaitAllUntilNow(Duration atMost) {
          listen();
          return true;
        }
      };
    }

    /** Two sweeps are half a minute apart, in which everybody hears everything. */
    void sweep() {
      all.forEach(Replica::listen);
      try {
        sweep.run();
      } catch (ClusterRefusalException | ClusterUnavailableException e) {
        story.add("no sweep");
      }
    }

    void take(Event<? extends JobMessage> event) {
      works.add(new Work(event, deliveries.task(event)));
    }

    /** Nobody ends in the middle of a step here; what it leaves half done, a lost answer does. */
    void beginAnew() {
      if (works.stream().anyMatch(work -> work.busy)) {
        return;
      }
      deliveries = process();
      heard = 0;
      heardRequests = false;
      heardCancel = false;
      listen();
      works.forEach(work -> work.task = work.done ? work.task : deliveries.task(work.event));
    }

    void listen() {
      if (!heardRequests) {
        heardRequests = true;
        deliveries.hears(PI, 3, 0);
      }
      if (cancelWasAsked && !heardCancel) {
        heardCancel = true;
        deliveries.hears(CANCEL, 3, 1);
      }
      while (heard < broker.events.size()) {
        deliveries.hears(broker.events.get(heard++), 0, 0);
      }
    }

    void workOff() {
      works.stream()
          .filter(work -> !work.busy && !work.done)
          .findAny()
          .ifPresent(
              work -> {
                work.busy = true;
                work.done = work.task.run().isEmpty();
                work.busy = false;
                deliveries.offsets.committable().ifPresent(deliveries.offsets::committed);
              });
    }

    boolean isDone() {
      return works.stream().allMatch(work -> work.done);
    }
  }

  private static final class Work {
    private final Event<? extends JobMessage> event;
    private RequestTask task;
    private boolean busy;
    private boolean done;

    Work(Event<? extends JobMessage> event, RequestTask task) {
      this.event = event;
      this.task = task;
    }
  }
}
