package io.flintwheel.submitter.kafka;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** A broker in memory that can be away. */
public final class FakePublisher implements EventPublisher {

  public final List<Event<? extends JobMessage>> events = new ArrayList<>();
  public final List<DeadLetter> deadLetters = new ArrayList<>();
  private boolean away;

  public void setAway(boolean away) {
    this.away = away;
  }

  /** The types told, without the common part. */
  public List<String> types() {
    return events.stream()
        .map(event -> event.data().type().replaceAll("io.flintwheel.job.(.*).v1", "$1"))
        .toList();
  }

  @Override
  public synchronized CompletableFuture<Void> publish(Event<? extends JobMessage> event) {
    if (away) {
      return CompletableFuture.failedFuture(new TimeoutException("no broker"));
    }
    events.add(event);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> deadLetter(DeadLetter letter) {
    if (away) {
      return CompletableFuture.failedFuture(new TimeoutException("no broker"));
    }
    deadLetters.add(letter);
    return CompletableFuture.completedFuture(null);
  }
}
