package io.flintwheel.scheduler;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.Schema;
import io.flintwheel.scheduler.database.Signal;
import io.flintwheel.scheduler.database.SignalListener;
import io.flintwheel.scheduler.loop.Backoff;
import io.flintwheel.scheduler.loop.WorkLoop;
import io.flintwheel.scheduler.outbox.OutboxConfig;
import io.flintwheel.scheduler.outbox.OutboxRelay;
import io.flintwheel.scheduler.tick.TickEngine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/** Starts and stops the threads of the service: ticks, relay, and the ear that wakes both. */
@Singleton
class SchedulerLoops {

  private static final Logger LOG = Logger.getLogger(SchedulerLoops.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final WorkLoop ticks;
  private final WorkLoop relay;
  private final SignalListener signals;
  private final String kafka;

  SchedulerLoops(
      Schema schema,
      Database database,
      TickEngine engine,
      OutboxRelay outbox,
      OutboxConfig outboxConfig) {
    kafka = outboxConfig.bootstrapServers();
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    ticks =
        new WorkLoop(
            "flintwheel-ticks",
            () -> {
              schema.ensure();
              return engine.round();
            },
            backoff);
    relay =
        new WorkLoop(
            "flintwheel-relay",
            () -> {
              schema.ensure();
              return outbox.round();
            },
            new Backoff(outboxConfig.firstPause(), outboxConfig.longestPause()));
    signals =
        new SignalListener(
            database, Map.of(Signal.SCHEDULES, ticks::wake, Signal.OUTBOX, relay::wake), backoff);
  }

  void start(@Observes StartupEvent event) {
    LOG.infof("scheduler starts; kafka=%s", kafka);
    ticks.start();
    relay.start();
    signals.start();
  }

  /** Whether all threads run. */
  boolean alive() {
    return ticks.alive() && relay.alive() && signals.alive();
  }

  void stop(@Observes ShutdownEvent event) {
    signals.close();
    ticks.close();
    relay.close();
  }
}
