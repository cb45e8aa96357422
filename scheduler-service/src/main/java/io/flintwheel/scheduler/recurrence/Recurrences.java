package io.flintwheel.scheduler.recurrence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The union of several; a time that two of them have is one tick. */
public record Recurrences(List<Recurrence> members) implements Recurrence {

  public Recurrences {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("at least one recurrence is needed");
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    return members.stream()
        .flatMap(member -> member.next(after).stream())
        .min(Comparator.naturalOrder());
  }
}
