package io.flintwheel.submitter.intake;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.kafka.DeadLetter;
import io.flintwheel.submitter.kafka.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what became of a request, and returns when the broker has it. */
@ApplicationScoped
class Reporting {

  private final Announcements facts;
  private final EventPublisher publisher;

  Reporting(Announcements facts, EventPublisher publisher) {
    this.facts = facts;
    this.publisher = publisher;
  }

  Announcements facts() {
    return facts;
  }

  void tell(Event<JobFact> fact) {
    await(Stream.of(publisher.publish(fact)));
  }

  /** Tells two facts of a job, in this order. */
  void tell(Event<JobFact> first, Event<JobFact> second) {
    await(Stream.of(publisher.publish(first), publisher.publish(second)));
  }

  void tell(Delivery delivery, DeadLetterReason reason, String message, Event<JobFact> fact) {
    await(
        Stream.of(
            publisher.publish(fact),
            publisher.deadLetter(new DeadLetter(delivery.record(), reason.name(), message))));
  }

  void deadLetter(Delivery delivery, String reason, String message) {
    await(Stream.of(publisher.deadLetter(new DeadLetter(delivery.record(), reason, message))));
  }

  static String inWords(List<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                problem.inWords()
                    + (problem.expected() == null ? "" : " (" + problem.expected() + ")"))
        .collect(Collectors.joining("; "));
  }

  private static void await(Stream<CompletableFuture<Void>> told) {
    try {
      CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw new NotDurableException(e.getCause());
    }
  }
}
