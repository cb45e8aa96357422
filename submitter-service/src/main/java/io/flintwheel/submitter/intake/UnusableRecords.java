package io.flintwheel.submitter.intake;

import io.flintwheel.events.Event;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Puts away records that are no requests, and tells of the job if one is named. */
@ApplicationScoped
class UnusableRecords {

  private static final List<String> COMMANDS = List.of(JobRequested.TYPE, JobCancelRequested.TYPE);
  private static final String REQUESTS = String.join(" or ", COMMANDS);

  private final RecentJobs recent;
  private final KnownJobs known;
  private final Reporting reporting;

  UnusableRecords(RecentJobs recent, KnownJobs known, Reporting reporting) {
    this.recent = recent;
    this.known = known;
    this.reporting = reporting;
  }

  /** A right event that belongs on another topic. */
  HandledAs noRequest(JobMessage message, Delivery delivery) {
    return tell(
        Decoded.Reason.UNKNOWN_TYPE,
        List.of(noRequest(message.type())),
        Optional.of(message.jobId()),
        delivery);
  }

  /** What cannot be read, or is wrong. */
  HandledAs undecodable(Decoded.Undecodable unread, Delivery delivery) {
    Decoded.Undecodable wrong = asRequest(unread);
    boolean cancel = wrong.type().filter(JobCancelRequested.TYPE::equals).isPresent();
    return tell(
        wrong.reason(),
        wrong.problems(),
        // A wrong cancel is no reason to call its job rejected.
        cancel ? Optional.empty() : jobOf(wrong, delivery),
        delivery);
  }

  private static Problem noRequest(String type) {
    return new Problem("type", "'" + type + "' is no request", REQUESTS);
  }

  /** The contract has more types, but none of them is right on this topic, whatever its data. */
  private static Decoded.Undecodable asRequest(Decoded.Undecodable wrong) {
    List<Problem> problems =
        switch (wrong.reason()) {
          case UNKNOWN_TYPE ->
              wrong.problems().stream().map(UnusableRecords::withRequests).toList();
          case INVALID_DATA ->
              wrong.type().filter(type -> !COMMANDS.contains(type)).stream()
                  .map(UnusableRecords::noRequest)
                  .toList();
          default -> List.of();
        };
    return problems.isEmpty()
        ? wrong
        : new Decoded.Undecodable(
            Decoded.Reason.UNKNOWN_TYPE, problems, wrong.jobId(), wrong.type());
  }

  private static Problem withRequests(Problem unknownType) {
    return new Problem(unknownType.field(), unknownType.message(), REQUESTS);
  }

  private static Optional<JobId> jobOf(Decoded.Undecodable wrong, Delivery delivery) {
    boolean unread =
        UnopenedRecord.is(delivery.record())
            || wrong.reason() == Decoded.Reason.NOT_JSON
            || wrong.reason() == Decoded.Reason.EMPTY;
    Optional<JobId> named = UnopenedRecord.jobId(delivery.record());
    return unread ? named.or(wrong::jobId) : wrong.jobId().or(() -> named);
  }

  private HandledAs tell(
      Decoded.Reason reason, List<Problem> problems, Optional<JobId> jobId, Delivery delivery) {
    if (jobId.isPresent()) {
      reporting.tell(
          known.isKnown(jobId.get(), delivery)
              ? notUnderstood(jobId.get(), problems, delivery)
              : reporting.facts().rejected(jobId.get(), delivery.place(), problems));
    }
    // Last, so that trying the rest again does not put it away again.
    reporting.deadLetter(delivery, reason.name(), Reporting.inWords(problems));
    return HandledAs.DEAD_LETTER;
  }

  private Event<JobFact> notUnderstood(JobId jobId, List<Problem> problems, Delivery delivery) {
    return reporting
        .facts()
        .conflicted(
            jobId,
            recent.namespace(jobId).orElse(JobRequested.DEFAULT_NAMESPACE),
            delivery.place(),
            "job "
                + jobId
                + " is known; a record for it that is no request changes nothing: "
                + Reporting.inWords(problems));
  }
}
