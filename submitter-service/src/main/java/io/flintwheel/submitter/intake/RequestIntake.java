package io.flintwheel.submitter.intake;

import io.flintwheel.submitter.DaemonThreads;
import io.flintwheel.submitter.kafka.KafkaConnection;
import io.flintwheel.submitter.kubernetes.Drivers;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a poll loop running from the service's start to its end.
 *
 * <p>A consumer of our own and not a channel, because a cancel has to know what is committed, and
 * work has to stop when its partition goes to somebody else.
 */
@ApplicationScoped
class RequestIntake {

  private static final Logger LOG = Logger.getLogger(RequestIntake.class);

  /** Longer than anything that a turn of the loop waits for. */
  private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

  private final RequestHandler handler;
  private final JobMemory memory;
  private final KafkaConnection connection;
  private final Drivers drivers;
  private final IntakeConfig config;
  private final IntakeMetrics metrics;
  private final Shares shares;
  private final Patience patience;
  private final ScheduledExecutorService timer = DaemonThreads.timer("job-requests-timer");
  private volatile @Nullable Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile long lastTurn = System.nanoTime();
  private volatile String trouble = "not started yet";
  private volatile boolean knowsPast;

  RequestIntake(
      RequestHandler handler,
      JobMemory memory,
      KafkaConnection connection,
      Drivers drivers,
      IntakeConfig config,
      IntakeMetrics metrics,
      Shares shares) {
    this.handler = handler;
    this.memory = memory;
    this.connection = connection;
    this.drivers = drivers;
    this.config = config;
    this.patience = Patience.of(config);
    this.metrics = metrics;
    this.shares = shares;
  }

  void start(@Observes StartupEvent event) {
    Duration longest = drivers.longestCall();
    if (config.drainTimeout().compareTo(longest) < 0) {
      throw new IllegalStateException(
          "flintwheel.submitter.intake.drain-timeout is "
              + config.drainTimeout()
              + " and must be at least "
              + longest
              + ", what one call to Kubernetes can take (quarkus.kubernetes-client's connection and"
              + " request timeout, times its tries): else a driver could be created after its"
              + " partition went to another replica, which may have cancelled the job");
    }
    thread = DaemonThreads.started(this::run, "job-requests-intake");
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(config.drainTimeout().plusSeconds(5).toMillis());
    }
    timer.shutdownNow();
  }

  /** Why no requests are taken; empty when they are, with and without a broker. */
  Optional<String> trouble() {
    if (!trouble.isEmpty()) {
      return Optional.of(trouble);
    }
    Thread running = thread;
    if (running == null || !running.isAlive()) {
      return Optional.of("its thread has ended; the service has to be started again");
    }
    Duration since = Duration.ofNanos(System.nanoTime() - lastTurn);
    return since.compareTo(LONGEST_TURN) > 0
        ? Optional.of("its thread has been stuck for " + since.toSeconds() + " seconds")
        : Optional.empty();
  }

  /** Whether it has read what was said of jobs before it was started; it takes none until then. */
  boolean knowsPast() {
    return knowsPast;
  }

  private void run() {
    int failures = 0;
    awaitPast();
    while (!isStopping()) {
      try (Consumer<byte[], byte[]> consumer = newConsumer()) {
        PollLoop loop =
            new PollLoop(consumer, handler, shares, metrics, new KeyLanes<>(timer), config);
        loop.run(() -> !isStopping(), this::turned);
        return;
      } catch (Throwable e) { // Whatever it is: a service that takes no requests is worse.
        failures++;
        trouble = "it failed " + failures + " times and starts again: " + e.getClass().getName();
        LOG.errorf(
            e,
            "taking requests failed and starts again; nothing was committed that is not done."
                + " failures=%d",
            failures);
        waitUnlessStopping(patience.backoff().after(failures));
      }
    }
  }

  private void awaitPast() {
    try {
      memory.awaitPast(
          progress -> {
            lastTurn = System.nanoTime();
            trouble = progress;
            return !isStopping();
          });
      knowsPast = true;
      turned();
    } catch (InterruptedException e) {
      // As below.
      stopping.countDown();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** A service that stops does not wait for the next try. */
  private void waitUnlessStopping(Duration wait) {
    try {
      var unused = stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody but a stopping process interrupts this thread, and then the loop has to end.
      stopping.countDown();
    }
  }

  private void turned() {
    lastTurn = System.nanoTime();
    trouble = "";
  }

  /** Overridden by tests that make a consumer fail. */
  Consumer<byte[], byte[]> newConsumer() {
    var settings = connection.config();
    settings.put("group.id", "flintwheel-submitter");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put(
        "partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    // What a killed replica held waits this long for another.
    settings.put("session.timeout.ms", (int) Membership.SESSION.toMillis());
    settings.put("heartbeat.interval.ms", 3_000);
    settings.put("max.poll.records", 100);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
