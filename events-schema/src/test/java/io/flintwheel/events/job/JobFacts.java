package io.flintwheel.events.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Facts about one job, for tests. */
final class JobFacts {

  private static final JobId JOB = new JobId("pi");
  private static final String NAMESPACE = "default";
  private static final PodRef DRIVER = PodRef.of("pi-driver", "uid-1");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Map<Class<?>, IntFunction<JobFact>> KINDS =
      Map.ofEntries(
          Map.entry(JobAccepted.class, JobFacts::accepted),
          Map.entry(JobRejected.class, attempt -> telling(JobState.REJECTED, attempt)),
          Map.entry(JobConflicted.class, JobFacts::conflicted),
          Map.entry(JobSubmitted.class, JobFacts::submitted),
          Map.entry(JobSubmissionFailed.class, JobFacts::submissionFailed),
          Map.entry(JobPending.class, JobFacts::pending),
          Map.entry(JobRunning.class, JobFacts::running),
          Map.entry(JobSucceeded.class, attempt -> telling(JobState.SUCCEEDED, attempt)),
          Map.entry(JobFailed.class, attempt -> failed(attempt, FailureClass.APPLICATION)),
          Map.entry(JobLost.class, attempt -> telling(JobState.LOST, attempt)),
          Map.entry(JobCancelled.class, attempt -> telling(JobState.CANCELLED, attempt)),
          Map.entry(JobRetrying.class, attempt -> telling(JobState.RETRYING, attempt)),
          Map.entry(JobTimedOut.class, attempt -> telling(JobState.TIMED_OUT, attempt)),
          Map.entry(ExecutorChanged.class, attempt -> executor(attempt, "1")));

  private JobFacts() {}

  static JobFact anyOf(Class<?> kind) {
    return anyOf(kind, 1);
  }

  static JobFact anyOf(Class<?> kind, int attempt) {
    return KINDS.get(kind).apply(attempt);
  }

  static List<JobFact> happyPath(int attempt) {
    return List.of(
        accepted(attempt),
        submitted(attempt),
        pending(attempt),
        running(attempt),
        telling(JobState.SUCCEEDED, attempt));
  }

  static JobFact accepted(int attempt) {
    return new JobAccepted(JOB, NAMESPACE, attempt, List.of());
  }

  static JobFact submitted(int attempt) {
    return new JobSubmitted(JOB, NAMESPACE, attempt, DRIVER, "spark-1", null);
  }

  static JobFact pending(int attempt) {
    return new JobPending(JOB, NAMESPACE, attempt, DRIVER, "Unschedulable", "no node");
  }

  static JobFact running(int attempt) {
    return new JobRunning(JOB, NAMESPACE, attempt, DRIVER, NOON);
  }

  static JobFact conflicted(int attempt) {
    return new JobConflicted(JOB, NAMESPACE, attempt, "spec differs");
  }

  static JobFact submissionFailed(int attempt) {
    return new JobSubmissionFailed(JOB, NAMESPACE, attempt, failure(FailureClass.SUBMISSION), null);
  }

  static JobFact failed(int attempt, FailureClass failureClass) {
    return new JobFailed(JOB, NAMESPACE, attempt, DRIVER, NOON, NOON, failure(failureClass));
  }

  static JobFact executor(int attempt, String id) {
    return new ExecutorChanged(
        JOB,
        NAMESPACE,
        attempt,
        id,
        PodRef.of("pi-exec-" + id, "uid-e" + id),
        ExecutorState.RUNNING,
        null);
  }

  /** A fact that tells that state of the attempt. */
  static JobFact telling(JobState state, int attempt) {
    return switch (state) {
      case ACCEPTED -> accepted(attempt);
      case SUBMITTED -> submitted(attempt);
      case PENDING -> pending(attempt);
      case RUNNING -> running(attempt);
      case SUCCEEDED -> new JobSucceeded(JOB, NAMESPACE, attempt, DRIVER, NOON, NOON);
      case FAILED -> failed(attempt, FailureClass.APPLICATION);
      case RETRYING -> new JobRetrying(JOB, NAMESPACE, attempt, attempt + 1, NOON);
      case CANCELLED -> new JobCancelled(JOB, NAMESPACE, attempt, DRIVER, "asked");
      case TIMED_OUT -> new JobTimedOut(JOB, NAMESPACE, attempt, failure(FailureClass.TIMEOUT));
      case LOST -> new JobLost(JOB, NAMESPACE, attempt, DRIVER, failure(FailureClass.UNKNOWN));
      case REJECTED ->
          new JobRejected(JOB, NAMESPACE, attempt, List.of(), failure(FailureClass.POLICY));
      case REQUESTED, UNKNOWN -> throw new IllegalArgumentException("no fact tells " + state);
    };
  }

  private static Failure failure(FailureClass failureClass) {
    return Failure.of(failureClass, "Error", "it failed");
  }
}
