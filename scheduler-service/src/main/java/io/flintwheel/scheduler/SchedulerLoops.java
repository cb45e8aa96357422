package io.flintwheel.scheduler;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.Schema;
import io.flintwheel.scheduler.database.Signal;
import io.flintwheel.scheduler.database.SignalListener;
import io.flintwheel.scheduler.loop.Backoff;
import io.flintwheel.scheduler.loop.WorkLoop;
import io.flintwheel.scheduler.loop.WorkLoop.Round;
import io.flintwheel.scheduler.outbox.KafkaConnection;
import io.flintwheel.scheduler.outbox.OutboxConfig;
import io.flintwheel.scheduler.outbox.OutboxRelay;
import io.flintwheel.scheduler.tick.TickEngine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
      OutboxConfig outboxConfig,
      KafkaConnection connection,
      MeterRegistry registry) {
    kafka = connection.bootstrapServers();
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    ticks = loop("flintwheel-ticks", schema, engine::round, backoff, registry);
    relay =
        loop(
            "flintwheel-relay",
            schema,
            outbox::round,
            new Backoff(outboxConfig.firstPause(), outboxConfig.longestPause()),
            registry);
    signals =
        new SignalListener(
            database, Map.of(Signal.SCHEDULES, ticks::wake, Signal.OUTBOX, relay::wake), backoff);
  }

  private static WorkLoop loop(
      String name, Schema schema, Round round, Backoff backoff, MeterRegistry registry) {
    Counter failures =
        Counter.builder("flintwheel.loop.failures")
            .description("Rounds of work that failed, each followed by a growing pause")
            .tag("loop", name)
            .register(registry);
    Round ready =
        () -> {
          schema.ensure();
          return round.run();
        };
    return new WorkLoop(name, ready, backoff, failures::increment);
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
