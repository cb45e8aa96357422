package io.flintwheel.submitter.kafka;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.errors.TimeoutException;

/** A broker in memory that can be away. */
public final class FakePublisher implements EventPublisher {

  public final List<Event<? extends JobMessage>> events = new CopyOnWriteArrayList<>();
  public final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
  private volatile Runnable meanwhile = () -> {};
  private volatile boolean away;
  private volatile boolean refusesDeadLetters;

  /** Something that happens while the next event is on its way. */
  public void meanwhile(Runnable happens) {
    meanwhile = happens;
  }

  public void setAway(boolean away) {
    this.away = away;
  }

  public void refuseDeadLetters(boolean refuse) {
    refusesDeadLetters = refuse;
  }

  /** The types told, without the common part. */
  public List<String> types() {
    return events.stream()
        .map(event -> event.data().type().replaceAll("io.flintwheel.job.(.*).v1", "$1"))
        .toList();
  }

  /** The types told of one job. */
  public List<String> typesOf(String jobId) {
    return events.stream()
        .filter(event -> event.data().jobId().value().equals(jobId))
        .map(event -> event.data().type().replaceAll("io.flintwheel.job.(.*).v1", "$1"))
        .toList();
  }

  @Override
  public synchronized CompletableFuture<Void> publish(Event<? extends JobMessage> event) {
    Runnable first = meanwhile;
    meanwhile = () -> {};
    first.run();
    if (away) {
      return CompletableFuture.failedFuture(new TimeoutException("no broker"));
    }
    events.add(event);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> deadLetter(DeadLetter letter) {
    if (away || refusesDeadLetters) {
      return CompletableFuture.failedFuture(new TimeoutException("no broker"));
    }
    deadLetters.add(letter);
    return CompletableFuture.completedFuture(null);
  }
}
