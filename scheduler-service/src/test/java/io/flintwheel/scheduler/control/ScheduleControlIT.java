package io.flintwheel.scheduler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.ManualClock;
import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.Schedules;
import io.flintwheel.scheduler.control.ControlResult.Deleted;
import io.flintwheel.scheduler.control.ControlResult.Done;
import io.flintwheel.scheduler.control.ControlResult.NeverDue;
import io.flintwheel.scheduler.control.ControlResult.Outdated;
import io.flintwheel.scheduler.control.ControlResult.Taken;
import io.flintwheel.scheduler.control.ControlResult.Triggered;
import io.flintwheel.scheduler.control.ControlResult.Unknown;
import io.flintwheel.scheduler.database.Work;
import io.flintwheel.scheduler.outbox.Outbox;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleStore;
import io.flintwheel.scheduler.tick.Engines;
import io.flintwheel.scheduler.tick.TickEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScheduleControlIT {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final ScheduleId ID = new ScheduleId("nightly");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String EVERY_MINUTE = "{\"every\": \"PT1M\"}";

  private final SchedulerDatabase database = SchedulerDatabase.create("schedule_control");
  private final ManualClock clock = new ManualClock(NOON);
  private final TickEngine engine = Engines.engine(database.connect(), clock, 100);
  private final ScheduleControl control =
      new ScheduleControl(
          new ScheduleStore(), Engines.recorder(), new Outbox(), clock, Engines.scheduleConfig());

  @Test
  void catchesUpNothingOfThePauseWhenItIsResumed() {
    create(EVERY_MINUTE);
    after(Duration.ofMinutes(1));
    run(connection -> control.pause(connection, ID));
    after(Duration.ofMinutes(10));

    Schedule resumed = done(run(connection -> control.resume(connection, ID)));
    after(Duration.ofMinutes(1));

    assertThat(resumed.paused()).isFalse();
    assertThat(ticks())
        .containsExactly("12:01 FIRED none 1", "12:02 SKIPPED PAUSED 10", "12:12 FIRED none 1");
  }

  @Test
  void changesNothingWhenItIsPausedOrResumedAgain() {
    create(EVERY_MINUTE);

    Schedule paused = done(run(connection -> control.pause(connection, ID)));
    Schedule again = done(run(connection -> control.pause(connection, ID)));
    Schedule resumed = done(run(connection -> control.resume(connection, ID)));
    Schedule resumedAgain = done(run(connection -> control.resume(connection, ID)));

    assertThat(again.version()).isEqualTo(paused.version());
    assertThat(resumedAgain.version()).isEqualTo(resumed.version());
    assertThat(factTypes())
        .containsExactly(
            "io.flintwheel.schedule.created.v1",
            "io.flintwheel.schedule.paused.v1",
            "io.flintwheel.schedule.resumed.v1");
  }

  @Test
  void followsOldDefinitionUpToTheEditWhenItIsEdited() {
    create(EVERY_MINUTE);
    clock.advance(Duration.ofSeconds(90));

    Schedule edited = done(edit("{\"every\": \"PT7S\"}"));

    // 12:01 was due and nobody had got round to it; nothing of the new one lies before the edit.
    assertThat(ticks()).containsExactly("12:01 FIRED none 1");
    assertThat(edited.revision()).isEqualTo(2);
    assertThat(edited.nextDue()).isAfter(clock.now());
  }

  @Test
  void staysPausedAndRecordsTicksOfThePauseWhenItIsEditedWhilePaused() {
    create(EVERY_MINUTE);
    run(connection -> control.pause(connection, ID));
    clock.advance(Duration.ofMinutes(3));

    Schedule edited = done(edit("{\"every\": \"PT2M\"}"));
    after(Duration.ofMinutes(4));
    run(connection -> control.resume(connection, ID));
    after(Duration.ofMinutes(1));

    assertThat(edited.paused()).isTrue();
    assertThat(ticks())
        .containsExactly("12:01 SKIPPED PAUSED 3", "12:04 SKIPPED PAUSED 2", "12:08 FIRED none 1");
    assertThat(factTypes())
        .containsSubsequence(
            "io.flintwheel.tick.dropped.v1",
            "io.flintwheel.schedule.updated.v1",
            "io.flintwheel.tick.dropped.v1",
            "io.flintwheel.schedule.resumed.v1");
  }

  @Test
  void keepsRevisionWhenEditChangesNothing() {
    create(EVERY_MINUTE);

    Schedule same =
        done(
            run(
                connection ->
                    control.update(
                        connection, ID, Schedules.definition(EVERY_MINUTE), Optional.of(1L))));

    assertThat(same.revision()).isEqualTo(1);
  }

  @Test
  void refusesEditWhenScheduleWasChangedSince() {
    create(EVERY_MINUTE);
    run(connection -> control.pause(connection, ID));

    ControlResult result =
        run(
            connection ->
                control.update(
                    connection,
                    ID,
                    Schedules.definition("{\"every\": \"PT7S\"}"),
                    Optional.of(1L)));

    assertThat(result).isEqualTo(new Outdated(2));
  }

  @Test
  void givesEachTriggerAJobWhenTheyComeInOneSecond() {
    create(EVERY_MINUTE);
    clock.advance(Duration.ofMillis(1500));

    List<String> jobs = List.of(trigger(), trigger(), trigger());
    clock.advance(Duration.ofSeconds(30));

    assertThat(jobs)
        .containsExactly(
            "nightly-20261123t120001m", "nightly-20261123t120002m", "nightly-20261123t120003m");
    assertThat(trigger()).isEqualTo("nightly-20261123t120031m");
  }

  @Test
  void firesByHandWhenItIsPaused() {
    create(EVERY_MINUTE);
    run(connection -> control.pause(connection, ID));

    assertThat(trigger()).endsWith("m");
  }

  @Test
  void keepsHistoryAndRepeatsNoJobWhenScheduleIsMadeAnew() {
    create(EVERY_MINUTE);
    after(Duration.ofMinutes(1));
    ControlResult deleted = run(connection -> control.delete(connection, ID, Optional.empty()));
    // The clock of a restored database can be behind.
    clock.advance(Duration.ofMinutes(-1));
    create(EVERY_MINUTE);

    after(Duration.ofMinutes(1));

    assertThat(deleted).isEqualTo(new Deleted());
    assertThat(ticks()).containsExactly("12:01 FIRED none 1");
    assertThat(database.query("SELECT id FROM outbox WHERE topic LIKE '%job-requests%'"))
        .hasSize(1);
  }

  @Test
  void leavesOutDueTicksWhenItIsDeleted() {
    create(EVERY_MINUTE);
    clock.advance(Duration.ofSeconds(60));

    run(connection -> control.delete(connection, ID, Optional.empty()));

    assertThat(ticks()).containsExactly("12:01 SKIPPED DELETED 1");
  }

  @Test
  void beginsWherePredecessorEndedWhenItIsMadeWhileThatOneIsDeleted() {
    create(EVERY_MINUTE);

    CompletableFuture<Schedule> made =
        database
            .connect()
            .inTransaction(
                deleting -> {
                  control.delete(deleting, ID, Optional.empty());
                  CompletableFuture<Schedule> making =
                      CompletableFuture.supplyAsync(
                          () ->
                              done(
                                  run(
                                      c ->
                                          control.create(
                                              c,
                                              ID,
                                              Schedules.definition("{\"every\": \"PT2M\"}")))));
                  await().atMost(PATIENCE).until(this::somebodyWaits);
                  clock.advance(Duration.ofMinutes(1));
                  return making;
                });

    assertThat(made.join().mark()).isEqualTo(clock.now());
  }

  private boolean somebodyWaits() {
    return database
        .query(
            "SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
        .equals(List.of("1"));
  }

  @Test
  void saysSoWhenItCannotBeDone() {
    create(EVERY_MINUTE);
    ScheduleId other = new ScheduleId("other");

    assertThat(run(c -> control.create(c, ID, Schedules.definition(EVERY_MINUTE))))
        .isEqualTo(new Taken(ID));
    assertThat(
            run(
                c ->
                    control.create(
                        c, other, Schedules.definition("{\"at\": \"2026-11-23T11:59:59Z\"}"))))
        .isEqualTo(new NeverDue());
    assertThat(run(c -> control.pause(c, other))).isEqualTo(new Unknown(other));
    assertThat(run(c -> control.trigger(c, other))).isEqualTo(new Unknown(other));
    assertThat(run(c -> control.delete(c, other, Optional.empty()))).isEqualTo(new Unknown(other));
  }

  @Test
  void tellsOneTimeOnlyWhenScheduleIsOneShot() {
    create("{\"at\": \"2026-11-23T12:00:30Z\"}");

    after(Duration.ofSeconds(30));
    after(Duration.ofDays(3));

    assertThat(ticks()).containsExactly("12:00 FIRED none 1");
    assertThat(database.query("SELECT next_due::text FROM schedule"))
        .containsExactly((String) null);
  }

  private void create(String spec) {
    done(run(connection -> control.create(connection, ID, Schedules.definition(spec))));
  }

  private ControlResult edit(String spec) {
    return run(
        connection -> control.update(connection, ID, Schedules.definition(spec), Optional.empty()));
  }

  private void after(Duration time) {
    clock.advance(time);
    engine.round();
  }

  private String trigger() {
    return run(connection -> control.trigger(connection, ID)) instanceof Triggered triggered
        ? String.valueOf(triggered.tick().jobId())
        : "not triggered";
  }

  private ControlResult run(Work<ControlResult> work) {
    return database.connect().inTransaction(work);
  }

  private static Schedule done(ControlResult result) {
    assertThat(result).isInstanceOf(Done.class);
    return ((Done) result).schedule();
  }

  private List<String> ticks() {
    return database.query(
        "SELECT to_char(nominal AT TIME ZONE 'UTC', 'HH24:MI') || ' ' || outcome || ' '"
            + " || COALESCE(reason, 'none') || ' ' || tick_count FROM tick ORDER BY nominal");
  }

  private List<String> factTypes() {
    return database.query("SELECT headers->>'ce_type' FROM outbox ORDER BY id");
  }
}
