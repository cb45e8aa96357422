package io.flintwheel.scheduler.recurrence;

import io.flintwheel.scheduler.cron.CronExpression;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A cron expression in a time zone, with a policy for clock changes that loses no day and repeats
 * none.
 *
 * <ul>
 *   <li>An expression that names its hours ({@code 30 2 * * *}): a time that the clock jumps over
 *       is shifted to the first moment after the jump; of a time that comes twice, the first one
 *       counts. Shifted times that meet are one tick.
 *   <li>An expression for every hour ({@code 0 * * * *}, {@code *}{@code /15 * * * *}) follows
 *       elapsed time: it ticks in both copies of an hour that comes twice and not at all in an hour
 *       that does not exist. When the jump cuts an hour, its lost times are shifted to the jump's
 *       end, so that the hour keeps a tick.
 * </ul>
 */
public record CronRecurrence(CronExpression expression, ZoneId zone) implements Recurrence {

  /** More clock changes than this between two ticks do not happen in the years of a search. */
  private static final int MOST_TRANSITIONS = 200;

  @Override
  public Optional<Instant> next(Instant after) {
    return expression.everyHour() ? nextElapsed(after) : nextNamed(after);
  }

  private Optional<Instant> nextNamed(Instant after) {
    ZoneRules rules = zone.getRules();
    Optional<LocalDateTime> local = expression.next(LocalDateTime.ofInstant(after, zone));
    while (local.isPresent()) {
      // The earlier copy of a repeated time can be past already: go on to the next.
      Instant instant = firstInstantOf(local.get(), rules);
      if (instant.isAfter(after)) {
        return Optional.of(instant);
      }
      local = expression.next(local.get());
    }
    return Optional.empty();
  }

  private static Instant firstInstantOf(LocalDateTime local, ZoneRules rules) {
    ZoneOffsetTransition transition = rules.getTransition(local);
    if (transition == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return transition.isGap()
        ? transition.getInstant()
        : local.toInstant(transition.getOffsetBefore());
  }

  private Optional<Instant> nextElapsed(Instant after) {
    ZoneRules rules = zone.getRules();
    Instant from = after;
    LocalDateTime earlierThanMatch = LocalDateTime.ofInstant(after, zone);
    for (int i = 0; i < MOST_TRANSITIONS; i++) {
      ZoneOffset offset = rules.getOffset(from);
      Optional<LocalDateTime> match = expression.next(earlierThanMatch);
      if (match.isEmpty()) {
        return Optional.empty();
      }
      Instant instant = match.get().toInstant(offset);
      ZoneOffsetTransition transition = rules.nextTransition(from);
      if (transition == null || instant.isBefore(transition.getInstant())) {
        return Optional.of(instant);
      }
      from = transition.getInstant();
      if (cutsAMatch(transition)) {
        return Optional.of(from);
      }
      earlierThanMatch = transition.getDateTimeAfter().minusNanos(1);
    }
    return Optional.empty();
  }

  private boolean cutsAMatch(ZoneOffsetTransition transition) {
    if (!transition.isGap()) {
      return false;
    }
    LocalDateTime resumed = transition.getDateTimeAfter();
    LocalDateTime hour = resumed.truncatedTo(ChronoUnit.HOURS);
    LocalDateTime lostFrom =
        hour.isAfter(transition.getDateTimeBefore()) ? hour : transition.getDateTimeBefore();
    return expression
        .next(lostFrom.minusNanos(1))
        .filter(lost -> lost.isBefore(resumed))
        .isPresent();
  }
}
