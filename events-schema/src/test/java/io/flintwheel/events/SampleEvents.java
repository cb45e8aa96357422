package io.flintwheel.events;

import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobRetrying;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.JobTimedOut;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleCreated;
import io.flintwheel.events.schedule.ScheduleDeleted;
import io.flintwheel.events.schedule.ScheduleFact;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.SchedulePaused;
import io.flintwheel.events.schedule.ScheduleResumed;
import io.flintwheel.events.schedule.ScheduleUpdated;
import io.flintwheel.events.schedule.TickDropped;
import io.flintwheel.events.schedule.TickFired;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.events.schedule.TickRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One event of every type, with every field that its record has. */
public final class SampleEvents {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Instant LATER = NOON.plusMillis(7_250);
  private static final ScheduleId SCHEDULE = new ScheduleId("nightly");
  private static final JobId JOB = SCHEDULE.jobOf(NOON, TickKind.SCHEDULED);
  private static final String NAMESPACE = "default";
  private static final PodRef DRIVER =
      new PodRef(JOB + "-driver", "0a1b2c3d-0000-4000-8000-000000000001", "10.0.0.7", "node-1");
  private static final PodRef EXECUTOR =
      new PodRef(JOB + "-exec-1", "0a1b2c3d-0000-4000-8000-000000000002", "10.0.0.8", "node-2");

  private SampleEvents() {}

  /** All of them. */
  public static List<Event<? extends EventData>> all() {
    List<Event<? extends EventData>> events = new ArrayList<>();
    jobs().forEach(message -> events.add(event(message)));
    schedules().forEach(fact -> events.add(event(fact)));
    return events;
  }

  private static <T extends EventData> Event<T> event(T data) {
    EventId id = EventId.of(data.type(), data.recordKey(), 1);
    return new Event<>(id, Event.source("local", "sample"), LATER, data);
  }

  /** The specification of the Spark operator's own {@code examples/spark-pi.yaml}. */
  public static JobSpec sparkPi() {
    return spec("/spark-pi.spec.json");
  }

  /** A specification with every field that v1beta2 has. */
  public static JobSpec everyField() {
    return spec("/every-field.spec.json");
  }

  private static JobSpec spec(String resource) {
    try (InputStream json = SampleEvents.class.getResourceAsStream(resource)) {
      return JobSpec.of(EventJson.mapper().readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JobMessage> jobs() {
    Failure failure =
        new Failure(
            FailureClass.APPLICATION,
            1,
            "Error",
            "java.lang.ClassNotFoundException: org.example.Missing",
            "Is the class in the jar?");
    Problem problem = new Problem("spec.driver.cores", "is '0'", "a whole number of at least 1");
    TickRef tick = new TickRef(SCHEDULE, NOON, TickKind.SCHEDULED);
    List<JobMessage> messages = new ArrayList<>();
    messages.add(
        new JobRequested(
            JOB, NAMESPACE, Map.of("team", "a", "tier", "1"), 1, JOB.value(), tick, sparkPi()));
    messages.add(new JobCancelRequested(JOB, "no longer needed"));
    messages.add(new JobAccepted(JOB, NAMESPACE, 1, List.of(problem)));
    messages.add(new JobRejected(JOB, NAMESPACE, 1, List.of(problem), failure));
    messages.add(new JobConflicted(JOB, NAMESPACE, 1, "the specification differs"));
    messages.add(new JobSubmitted(JOB, NAMESPACE, 1, DRIVER, "spark-0a1b2c3d", sparkPi().digest()));
    messages.add(new JobSubmissionFailed(JOB, NAMESPACE, 1, failure, sparkPi().digest()));
    messages.add(new JobPending(JOB, NAMESPACE, 1, DRIVER, "Unschedulable", "0/3 nodes fit"));
    messages.add(new JobRunning(JOB, NAMESPACE, 1, DRIVER, NOON));
    messages.add(new JobSucceeded(JOB, NAMESPACE, 1, DRIVER, NOON, LATER));
    messages.add(new JobFailed(JOB, NAMESPACE, 1, DRIVER, NOON, LATER, failure));
    messages.add(new JobLost(JOB, NAMESPACE, 1, DRIVER, failure));
    messages.add(new JobCancelled(JOB, NAMESPACE, 1, DRIVER, "no longer needed"));
    messages.add(new JobRetrying(JOB, NAMESPACE, 1, 2, LATER));
    messages.add(new JobTimedOut(JOB, NAMESPACE, 1, failure));
    for (ExecutorState state : ExecutorState.values()) {
      if (state != ExecutorState.UNKNOWN) {
        boolean waits = state == ExecutorState.PENDING;
        messages.add(
            new ExecutorChanged(
                JOB,
                NAMESPACE,
                1,
                "1",
                EXECUTOR,
                state,
                waits ? null : failure,
                waits ? "Unschedulable" : null,
                waits ? "0/3 nodes fit" : null));
      }
    }
    return messages;
  }

  private static List<ScheduleFact> schedules() {
    return List.of(
        new ScheduleCreated(SCHEDULE, 1),
        new ScheduleUpdated(SCHEDULE, 2),
        new SchedulePaused(SCHEDULE, 2),
        new ScheduleResumed(SCHEDULE, 2),
        new ScheduleDeleted(SCHEDULE, 2),
        new TickFired(SCHEDULE, NOON, TickKind.SCHEDULED, JOB),
        new TickDropped(
            SCHEDULE, NOON, TickKind.SCHEDULED, DropReason.TOO_LATE, 10_000, true, LATER));
  }
}
