package io.flintwheel.submitter.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of the intake. */
@ApplicationScoped
class IntakeMetrics {

  private static final String HANDLING = "flintwheel.submitter.requests";

  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
  private final Counter retries;
  private final AtomicInteger heldPartitions = new AtomicInteger();

  IntakeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.retries =
        Counter.builder("flintwheel.submitter.retries")
            .description("Times a request had to be handled again later")
            .register(registry);
    Gauge.builder("flintwheel.submitter.partitions.held", heldPartitions, AtomicInteger::get)
        .description("Partitions that are not read further until their first request is done")
        .register(registry);
  }

  /** So many partitions are not read further for now. */
  void held(int partitions) {
    heldPartitions.set(partitions);
  }

  /** A record of a share, which is a namespace, begins to count. */
  Started start(String share) {
    AtomicInteger ofShare = ofShare(share);
    ofShare.incrementAndGet();
    return new Started(ofShare, Timer.start(registry));
  }

  int inFlight(String share) {
    return ofShare(share).get();
  }

  int inFlight() {
    return inFlight.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private AtomicInteger ofShare(String share) {
    return inFlight.computeIfAbsent(
        share,
        name -> {
          AtomicInteger count = new AtomicInteger();
          Gauge.builder("flintwheel.submitter.requests.in.flight", count, AtomicInteger::get)
              .description("Requests taken from Kafka whose effects are not durable yet")
              .tag("namespace", name)
              .register(registry);
          return count;
        });
  }

  /** One record, from its delivery to its end. */
  final class Started {

    private final AtomicInteger ofShare;
    private final Timer.Sample sample;

    private Started(AtomicInteger ofShare, Timer.Sample sample) {
      this.ofShare = ofShare;
      this.sample = sample;
    }

    void finished(HandledAs result) {
      ofShare.decrementAndGet();
      sample.stop(
          Timer.builder(HANDLING)
              .description("From a record's delivery until all its effects are durable")
              .tag("result", result.tag())
              .publishPercentileHistogram()
              .register(registry));
    }

    void abandoned() {
      ofShare.decrementAndGet();
    }

    void retried() {
      retries.increment();
    }
  }
}
