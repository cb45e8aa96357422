package io.flintwheel.scheduler.tick;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.TickDropped;
import io.flintwheel.events.schedule.TickFired;
import io.flintwheel.events.schedule.TickRef;
import io.flintwheel.scheduler.outbox.Outbox.Departure;
import io.flintwheel.scheduler.schedule.JobTemplate;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What a tick makes known. */
@Singleton
class TickEvents {

  private static final int FIRST_ATTEMPT = 1;

  private final URI source;

  TickEvents(ScheduleConfig config) {
    source = Event.source(config.cluster(), "scheduler");
  }

  List<Departure> of(Schedule schedule, Tick tick, Instant now) {
    JobId jobId = tick.jobId();
    DropReason reason = tick.reason();
    if (jobId != null) {
      return List.of(requested(schedule, tick, jobId, now), fired(tick, jobId, now));
    }
    if (reason != null) {
      return List.of(dropped(tick, reason, now));
    }
    throw new IllegalStateException("a tick has a job or a reason: " + tick);
  }

  private Departure requested(Schedule schedule, Tick tick, JobId jobId, Instant now) {
    JobTemplate template = schedule.definition().job();
    JobRequested request =
        new JobRequested(
            jobId,
            template.namespace(),
            template.labels(),
            FIRST_ATTEMPT,
            null,
            new TickRef(tick.scheduleId(), tick.nominal(), tick.kind()),
            template.spec());
    EventId id =
        EventId.of(
            JobRequested.TYPE, tick.scheduleId(), tick.nominal(), tick.kind(), FIRST_ATTEMPT);
    return new Departure(Topics.JOB_REQUESTS, new Event<>(id, source, now, request));
  }

  private Departure fired(Tick tick, JobId jobId, Instant now) {
    EventId id = EventId.of(TickFired.TYPE, tick.scheduleId(), tick.nominal(), tick.kind());
    return new Departure(
        Topics.SCHEDULE_EVENTS,
        new Event<>(
            id, source, now, new TickFired(tick.scheduleId(), tick.nominal(), tick.kind(), jobId)));
  }

  private Departure dropped(Tick tick, DropReason reason, Instant now) {
    EventId id = EventId.of(TickDropped.TYPE, tick.scheduleId(), tick.nominal(), tick.kind());
    return new Departure(
        Topics.SCHEDULE_EVENTS,
        new Event<>(
            id,
            source,
            now,
            new TickDropped(
                tick.scheduleId(),
                tick.nominal(),
                tick.kind(),
                reason,
                tick.count(),
                tick.countIsMinimum(),
                tick.until())));
  }
}
