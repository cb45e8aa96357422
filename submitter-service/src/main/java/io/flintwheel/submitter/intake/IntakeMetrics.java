package io.flintwheel.submitter.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of the intake. */
@ApplicationScoped
class IntakeMetrics {

  private static final String HANDLING = "flintwheel.submitter.requests";

  private final MeterRegistry registry;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Counter retries;

  IntakeMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("flintwheel.submitter.requests.in.flight", inFlight, AtomicInteger::get)
        .description("Requests taken from Kafka whose effects are not durable yet")
        .register(registry);
    this.retries =
        Counter.builder("flintwheel.submitter.retries")
            .description("Times a request had to be handled again later")
            .register(registry);
  }

  Started start() {
    inFlight.incrementAndGet();
    return new Started(Timer.start(registry));
  }

  int inFlight() {
    return inFlight.get();
  }

  /** One record, from its delivery to its end. */
  final class Started {

    private final Timer.Sample sample;

    private Started(Timer.Sample sample) {
      this.sample = sample;
    }

    void finished(HandledAs result) {
      inFlight.decrementAndGet();
      sample.stop(
          Timer.builder(HANDLING)
              .description("From a record's delivery until all its effects are durable")
              .tag("result", result.tag())
              .publishPercentileHistogram()
              .register(registry));
    }

    void abandoned() {
      inFlight.decrementAndGet();
    }

    void retried() {
      retries.increment();
    }
  }
}
