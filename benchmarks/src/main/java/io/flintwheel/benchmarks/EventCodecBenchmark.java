package io.flintwheel.benchmarks;

import io.flintwheel.endtoend.SparkSpecs;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A job request of SparkPi's size, to a Kafka record and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventCodecBenchmark {

  @Param public ContentMode mode = ContentMode.BINARY;

  private final EventCodec codec = new EventCodec();
  private final Event<JobRequested> event =
      new Event<>(
          new EventId("order-1"),
          URI.create("https://orders.example.com/checkout"),
          Instant.EPOCH,
          JobRequested.of(new JobId("orders-1"), "default", SparkSpecs.pi(2)));

  @Benchmark
  public EventRecord encode() {
    return codec.encode(event, mode);
  }

  @Benchmark
  public Decoded encodeAndDecode() {
    return codec.decode(codec.encode(event, mode));
  }
}
