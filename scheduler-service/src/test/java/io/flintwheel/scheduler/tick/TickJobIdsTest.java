package io.flintwheel.scheduler.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.scheduler.recurrence.OneShot;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TickJobIdsTest {

  @Property(tries = 5000)
  void hasAJobWhateverTheScheduleIsCalledAndWheneverItTicks(
      @ForAll("ids") String id, @ForAll("seconds") long second, @ForAll("kinds") TickKind kind) {
    Tick tick = Tick.fired(new ScheduleId(id), Instant.ofEpochSecond(second), kind);

    assertThat(String.valueOf(tick.jobId())).startsWith(id + "-").hasSize(id.length() + 17);
  }

  @Provide
  Arbitrary<TickKind> kinds() {
    return Arbitraries.of(TickKind.SCHEDULED, TickKind.MANUAL, TickKind.BACKFILL);
  }

  @Provide
  Arbitrary<Long> seconds() {
    return Arbitraries.longs()
        .between(OneShot.EARLIEST.getEpochSecond(), OneShot.LATEST.getEpochSecond());
  }

  /** Every shape, among them those that would be reserved as the name of a job. */
  @Provide
  Arbitrary<String> ids() {
    Arbitrary<String> any =
        Combinators.combine(
                Arbitraries.strings().withCharRange('a', 'z').ofLength(1),
                Arbitraries.strings().withChars("abrz019-").ofMaxLength(25),
                Arbitraries.strings().withChars("az09r").ofMaxLength(1))
            .as((first, middle, last) -> first + middle + (middle.isEmpty() ? last : last + "0"))
            .map(id -> id.length() > 27 ? id.substring(0, 26) + "0" : id);
    return Arbitraries.oneOf(
        any,
        Arbitraries.of("a", "a-driver", "a-r1", "driver", "r2", "a".repeat(27), "a-r2-driver"));
  }
}
