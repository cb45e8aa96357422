package io.flintwheel.scheduler.outbox;

import java.util.concurrent.CompletableFuture;

/** Where the relay sends events. */
@FunctionalInterface
interface EventPublisher {

  /**
   * Done when the event is durable on its topic; fails with {@link UnreachableException} when Kafka
   * or the topic does not answer, for which it may block for a few seconds.
   */
  CompletableFuture<Void> publish(OutboxRow row);

  /** Nothing is wrong with the event; its topic does not answer. */
  final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreachableException(Throwable cause) {
      super(cause.toString(), cause);
    }
  }
}
