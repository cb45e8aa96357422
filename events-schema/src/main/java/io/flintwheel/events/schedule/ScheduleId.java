package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.flintwheel.events.job.JobId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Identifies a schedule; at most 27 characters, so that the ids of its jobs fit in a job id. */
public record ScheduleId(@JsonValue String value) implements Comparable<ScheduleId> {

  /** What a schedule id looks like, for schemas and messages. */
  public static final String PATTERN = "[a-z]([-a-z0-9]{0,25}[a-z0-9])?";

  private static final Pattern VALID = Pattern.compile(PATTERN);
  private static final DateTimeFormatter NOMINAL =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  public ScheduleId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "schedule id '"
              + (value.length() <= 80 ? value : value.substring(0, 80) + "...")
              + "' must be 1 to 27 characters: lower-case letters, digits and '-',"
              + " starting with a letter and ending with a letter or digit");
    }
  }

  @JsonCreator
  public static ScheduleId parse(String value) {
    return new ScheduleId(value);
  }

  /**
   * The job that a tick of this schedule runs: readable, and the same however often it is asked.
   */
  public JobId jobOf(Instant nominalTime, TickKind kind) {
    return new JobId(value + "-" + NOMINAL.format(nominalTime) + kind.suffix());
  }

  @Override
  public int compareTo(ScheduleId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
