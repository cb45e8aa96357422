package io.flintwheel.submitter.intake;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.SubmitterConfig;
import io.flintwheel.submitter.kubernetes.Submission;
import io.flintwheel.submitter.spark.DriverIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts that the submitter tells, with ids that are the same when it tells them again. */
@ApplicationScoped
class Announcements {

  private static final int MAX_MESSAGE = 4096;

  private final URI source;
  private final Clock clock;

  Announcements(SubmitterConfig config, Clock clock) {
    this.source = Event.source(config.cluster(), "submitter");
    this.clock = clock;
  }

  Event<JobFact> accepted(JobRequested request, List<Problem> warnings) {
    return now(
        EventId.of(JobAccepted.TYPE, request.jobId(), request.attempt(), request.spec().digest()),
        new JobAccepted(request.jobId(), request.namespace(), request.attempt(), warnings));
  }

  Event<JobFact> submitted(
      JobRequested request, DriverIdentity identity, Submission.Submitted submitted) {
    return new Event<>(
        EventId.of(JobSubmitted.TYPE, submitted.driver().uid()),
        source,
        submitted.createdAt(),
        new JobSubmitted(
            identity.jobId(),
            identity.namespace(),
            identity.attempt(),
            submitted.driver(),
            identity.applicationId(),
            request.spec().digest()));
  }

  Event<JobFact> rejected(Event<JobRequested> event, List<Problem> problems, FailureClass why) {
    JobRequested request = event.data();
    return rejected(
        request.jobId(),
        request.namespace(),
        request.attempt(),
        problems,
        why,
        EventId.of(JobRejected.TYPE, event.source(), event.id(), request.jobId()));
  }

  /** A record that is no event of ours; its place on the topic identifies it. */
  Event<JobFact> rejected(JobId jobId, RecordPlace place, List<Problem> problems) {
    return rejected(
        jobId,
        JobRequested.DEFAULT_NAMESPACE,
        1,
        problems,
        FailureClass.POLICY,
        EventId.of(JobRejected.TYPE, place.topic(), place.partition(), place.offset()));
  }

  Event<JobFact> conflicted(Event<JobRequested> event, String message) {
    JobRequested request = event.data();
    return now(
        JobConflicted.idOf(event.source(), event.id(), request),
        new JobConflicted(request.jobId(), request.namespace(), request.attempt(), cut(message)));
  }

  /** A record that is no event of ours, for a job that is known. */
  Event<JobFact> conflicted(JobId jobId, String namespace, RecordPlace place, String message) {
    return now(
        EventId.of(JobConflicted.TYPE, place.topic(), place.partition(), place.offset()),
        new JobConflicted(jobId, namespace, 1, cut(message)));
  }

  Event<JobFact> submissionFailed(Event<JobRequested> event, Failure failure) {
    JobRequested request = event.data();
    return now(
        EventId.of(JobSubmissionFailed.TYPE, request.jobId(), request.attempt()),
        new JobSubmissionFailed(
            request.jobId(),
            request.namespace(),
            request.attempt(),
            failure,
            request.spec().digest()));
  }

  Event<JobFact> cancelled(JobId jobId, String namespace, int attempt, @Nullable String reason) {
    return now(
        EventId.of(JobCancelled.TYPE, jobId, attempt),
        new JobCancelled(jobId, namespace, attempt, null, reason));
  }

  private Event<JobFact> rejected(
      JobId jobId,
      String namespace,
      int attempt,
      List<Problem> problems,
      FailureClass why,
      EventId id) {
    String message = problems.stream().map(Problem::inWords).collect(Collectors.joining("; "));
    return now(
        id,
        new JobRejected(
            jobId, namespace, attempt, problems, Failure.of(why, "Rejected", cut(message))));
  }

  private static String cut(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
  }

  private Event<JobFact> now(EventId id, JobFact fact) {
    return new Event<>(id, source, Instant.now(clock), fact);
  }
}
