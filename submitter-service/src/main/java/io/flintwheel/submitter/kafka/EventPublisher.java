package io.flintwheel.submitter.kafka;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobMessage;
import java.util.concurrent.CompletableFuture;

/** Publishes; what it returns completes when the broker has it on all replicas in sync. */
public interface EventPublisher {

  /**
   * Publishes a message on its topic, in binary mode, keyed by its job.
   *
   * @return completes exceptionally when it is not known to be durable; it may be nevertheless
   */
  CompletableFuture<Void> publish(Event<? extends JobMessage> event);

  /** Puts a record away as it came. */
  CompletableFuture<Void> deadLetter(DeadLetter letter);
}
