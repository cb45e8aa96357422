package io.flintwheel.submitter.intake;

import io.flintwheel.events.Event;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.kubernetes.Cancellation;
import io.flintwheel.submitter.kubernetes.ClusterRefusalException;
import io.flintwheel.submitter.kubernetes.Drivers;
import io.flintwheel.submitter.kubernetes.Submission;
import io.flintwheel.submitter.kubernetes.Withdrawal;
import io.flintwheel.submitter.review.RequestReviewer;
import io.flintwheel.submitter.review.Review;
import io.flintwheel.submitter.spark.DriverBuilder;
import io.flintwheel.submitter.spark.DriverIdentity;
import io.flintwheel.submitter.spark.DriverResources;
import io.flintwheel.submitter.spark.UnbuildableJobException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Does what a record asks for. Every effect is the same when it is done twice, so whatever is in
 * doubt is done again from the start.
 */
@ApplicationScoped
class RequestHandler {

  private final RequestReviewer reviewer;
  private final DriverBuilder builder;
  private final Drivers drivers;
  private final Withdrawal withdrawal;
  private final Cancellation cancellation;
  private final RecentJobs recent;
  private final KnownJobs known;
  private final Reporting reporting;
  private final UnusableRecords unusable;

  RequestHandler(
      RequestReviewer reviewer,
      DriverBuilder builder,
      Drivers drivers,
      Withdrawal withdrawal,
      Cancellation cancellation,
      RecentJobs recent,
      KnownJobs known,
      Reporting reporting,
      UnusableRecords unusable) {
    this.reviewer = reviewer;
    this.builder = builder;
    this.drivers = drivers;
    this.withdrawal = withdrawal;
    this.cancellation = cancellation;
    this.recent = recent;
    this.known = known;
    this.reporting = reporting;
    this.unusable = unusable;
  }

  /**
   * Returns when all effects are durable.
   *
   * @throws RuntimeException when they are not; nothing is lost by handling the record again
   */
  HandledAs handle(Decoded decoded, Delivery delivery) {
    if (decoded instanceof Decoded.Message message) {
      Event<JobMessage> event = message.event();
      if (event.data() instanceof JobRequested request) {
        return handle(new Event<>(event.id(), event.source(), event.time(), request), delivery);
      }
      if (event.data() instanceof JobCancelRequested cancel) {
        return handle(cancel, delivery);
      }
      return unusable.noRequest(event.data(), delivery);
    }
    if (decoded instanceof Decoded.Undecodable wrong) {
      return unusable.undecodable(wrong, delivery);
    }
    throw new IllegalStateException("not a record of this topic: " + decoded.getClass());
  }

  /** Gives up on a record that fails in a way that nobody foresaw. */
  HandledAs giveUp(Decoded decoded, Delivery delivery, Throwable failure) {
    String message = "the submitter failed on it: " + failure.getClass().getSimpleName();
    if (decoded instanceof Decoded.Message told
        && told.event().data() instanceof JobRequested request) {
      Event<JobRequested> event =
          new Event<>(told.event().id(), told.event().source(), told.event().time(), request);
      if (known.settled(request.jobId()).isPresent()) {
        // Its driver may run; a request for it that fails is no end of it.
        reporting.tell(
            delivery,
            DeadLetterReason.INTERNAL_ERROR,
            message,
            reporting.facts().conflicted(event, message));
        return HandledAs.DEAD_LETTER;
      }
      Submission.Refused end =
          new Submission.Refused(Failure.of(FailureClass.SUBMISSION, "InternalError", message));
      reporting.tell(
          delivery,
          DeadLetterReason.INTERNAL_ERROR,
          message,
          reporting.facts().submissionFailed(event, end.failure()));
      recent.decided(request, end);
      recent.told(request);
      withdrawal.toldAsFailed(request.jobId(), request.attempt(), end.failure());
    } else {
      reporting.deadLetter(delivery, DeadLetterReason.INTERNAL_ERROR.name(), message);
    }
    return HandledAs.DEAD_LETTER;
  }

  private HandledAs handle(Event<JobRequested> event, Delivery delivery) {
    JobRequested request = event.data();
    Standing standing = known.standing(request, delivery);
    if (standing == Standing.ANOTHER || standing == Standing.RAN_AS_ANOTHER) {
      return conflicted(
          event,
          "job "
              + request.jobId()
              + (standing == Standing.ANOTHER ? " was cancelled" : " was submitted before")
              + "; a request for it with another specification or namespace changes nothing. A job"
              + " id is used once.",
          delivery);
    }
    recent.requested(request);
    Optional<Submission> untold = known.untold(request, standing);
    if (standing == Standing.RAN && untold.isEmpty()) {
      // All there is to tell was told when it was done.
      if (known.wasToldAsFailed(request)) {
        // While this request was about to make a driver, perhaps.
        withdrawal.toldAsFailed(request.jobId(), request.attempt(), Withdrawal.TOLD_BEFORE);
      }
      return HandledAs.KNOWN;
    }
    if (standing == Standing.CANCELLED) {
      return cancelled(request, delivery);
    }
    Review review = reviewer.review(event);
    if (review instanceof Review.Refused refused) {
      return rejected(event, refused.problems(), FailureClass.POLICY, delivery);
    }
    Review.Admitted admitted = (Review.Admitted) review;
    DriverResources resources;
    try {
      resources = builder.build(admitted.driver());
    } catch (UnbuildableJobException e) {
      return rejected(event, List.of(e.problem()), FailureClass.SUBMISSION, delivery);
    }
    DriverIdentity identity = admitted.driver().identity();
    Submission submission = untold.orElseGet(() -> decide(request, identity, resources, delivery));
    return report(event, admitted, submission, delivery);
  }

  private HandledAs cancelled(JobRequested request, Delivery delivery) {
    // Of a driver, the end is told when it has stopped, by who watches it.
    if (!known.isSettled(request) && !known.isSeen(request.jobId(), delivery)) {
      reporting.tell(
          reporting
              .facts()
              .cancelled(
                  request.jobId(),
                  request.namespace(),
                  request.attempt(),
                  "cancelled before this request was delivered"));
    }
    return HandledAs.CANCELLED;
  }

  private HandledAs report(
      Event<JobRequested> event,
      Review.Admitted admitted,
      Submission submission,
      Delivery delivery) {
    JobRequested request = event.data();
    DriverIdentity identity = admitted.driver().identity();
    if (submission instanceof Submission.Conflicting conflicting) {
      return conflicted(event, conflicting.message(), delivery);
    }
    recent.decided(request, submission);
    Event<JobFact> accepted = reporting.facts().accepted(request, admitted.warnings());
    if (submission instanceof Submission.Submitted submitted) {
      if (!known.isTold(request, submitted)) {
        known.takeBackIfDoneElsewhere(request, submitted, delivery);
        if (known.wasToldAsFailed(request)) {
          withdrawal.toldAsFailed(request.jobId(), request.attempt(), Withdrawal.TOLD_BEFORE);
          recent.told(request);
          return HandledAs.KNOWN;
        }
      }
      reporting.tell(accepted, reporting.facts().submitted(request, identity, submitted));
      recent.told(request);
      return submitted.madeNow() ? HandledAs.SUBMITTED : HandledAs.KNOWN;
    }
    Failure failure = ((Submission.Refused) submission).failure();
    reporting.tell(accepted, reporting.facts().submissionFailed(event, failure));
    recent.told(request);
    withdrawal.toldAsFailed(request.jobId(), request.attempt(), failure);
    return HandledAs.FAILED;
  }

  private Submission decide(
      JobRequested request, DriverIdentity identity, DriverResources resources, Delivery delivery) {
    boolean settled = known.settled(request.jobId()).isPresent();
    try {
      return drivers
          .findElsewhere(identity, resources, settled)
          .orElseGet(() -> make(identity, resources, delivery));
    } catch (ClusterRefusalException e) {
      if (!delivery.believes(e)) {
        throw e;
      }
      Submission submission = drivers.giveUp(identity, resources, e);
      // What another replica makes of it is not to be told as failed.
      delivery.requireHold();
      return submission;
    }
  }

  private Submission make(DriverIdentity identity, DriverResources resources, Delivery delivery) {
    known.requireCertainty(delivery);
    return drivers.submit(identity, resources);
  }

  /** A wrong request for a job that runs must not look like the end of that job. */
  private HandledAs rejected(
      Event<JobRequested> event, List<Problem> problems, FailureClass why, Delivery delivery) {
    if (known.isKnown(event.data().jobId(), delivery)) {
      return conflicted(
          event,
          "job "
              + event.data().jobId()
              + " is known; a second request for it changes nothing. It could not be accepted"
              + " either: "
              + Reporting.inWords(problems),
          delivery);
    }
    reporting.tell(
        delivery,
        DeadLetterReason.REJECTED,
        Reporting.inWords(problems),
        reporting.facts().rejected(event, problems, why));
    return HandledAs.REJECTED;
  }

  private HandledAs conflicted(Event<JobRequested> event, String message, Delivery delivery) {
    reporting.tell(
        delivery,
        DeadLetterReason.CONFLICTED,
        message,
        reporting.facts().conflicted(event, message));
    return HandledAs.CONFLICTED;
  }

  private HandledAs handle(JobCancelRequested cancel, Delivery delivery) {
    delivery.requireHold();
    Cancellation.Outcome outcome;
    try {
      outcome =
          cancellation.cancel(cancel.jobId(), recent.namespace(cancel.jobId()), cancel.reason());
    } catch (ClusterRefusalException e) {
      if (!delivery.believes(e)) {
        throw e;
      }
      reporting.deadLetter(
          delivery, DeadLetterReason.CANCEL_REFUSED.name(), String.valueOf(e.getMessage()));
      return HandledAs.DEAD_LETTER;
    }
    if (outcome.ended()) {
      recent.cancelled(cancel.jobId(), outcome.lastAttempt(), outcome.of());
    }
    if (!outcome.hadDriver() && !known.isSettled(cancel.jobId())) {
      reporting.tell(
          reporting
              .facts()
              .cancelled(
                  cancel.jobId(),
                  // Of a job that nobody asked for, what a request without a namespace means.
                  recent.namespace(cancel.jobId()).orElse(JobRequested.DEFAULT_NAMESPACE),
                  outcome.lastAttempt(),
                  cancel.reason()));
    }
    return HandledAs.CANCELLED;
  }
}
