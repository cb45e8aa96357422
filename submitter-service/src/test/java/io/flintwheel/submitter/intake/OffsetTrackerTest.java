package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

  private final OffsetTracker tracker = new OffsetTracker();

  @Test
  void commitsUpToTheFirstRecordThatIsNotDone() {
    tracker.delivered(10);
    tracker.delivered(11);
    tracker.delivered(12);
    tracker.finished(10);
    tracker.finished(12);

    OptionalLong position = tracker.committable();

    assertThat(position).hasValue(11);
  }

  @Test
  void hasNothingToCommitTwice() {
    tracker.delivered(10);
    tracker.finished(10);
    tracker.committed(11);

    OptionalLong position = tracker.committable();

    assertThat(position).isEmpty();
  }

  @Test
  void opensTheGateOfACancelOnlyWhenAllBeforeItIsCommitted() {
    tracker.delivered(10);
    tracker.delivered(11);
    tracker.finished(10);
    boolean before = tracker.allCommittedBefore(11);
    tracker.committed(11);

    boolean after = tracker.allCommittedBefore(11);

    assertThat(before).isFalse();
    assertThat(after).isTrue();
  }

  @Test
  void letsTheFirstRecordOfAnAssignmentThrough() {
    tracker.delivered(42);

    boolean open = tracker.allCommittedBefore(42);

    assertThat(open).isTrue();
  }

  /** Gaps between offsets are what transactions and compaction leave. */
  @Property
  void neverCommitsPastAnUnfinishedRecord(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 3) Integer> gaps,
      @ForAll long seed) {
    OffsetTracker any = new OffsetTracker();
    List<Long> order = new ArrayList<>();
    long offset = 100;
    for (int gap : gaps) {
      any.delivered(offset);
      order.add(offset);
      offset += gap;
    }
    TreeSet<Long> unfinished = new TreeSet<>(order);
    java.util.Collections.shuffle(order, new Random(seed));
    long committed = 100;
    for (long finished : order) {
      any.finished(finished);
      unfinished.remove(finished);
      long position = any.committable().orElse(committed);
      assertThat(position).isGreaterThanOrEqualTo(committed);
      if (!unfinished.isEmpty()) {
        assertThat(position).isLessThanOrEqualTo(unfinished.first());
      }
      any.committed(position);
      committed = position;
    }
    assertThat(committed).isGreaterThan(order.stream().max(Long::compare).orElseThrow());
  }
}
