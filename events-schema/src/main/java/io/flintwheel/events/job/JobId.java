package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.flintwheel.events.EventId;
import java.util.regex.Pattern;

/**
 * Identifies one requested execution; unique per installation.
 *
 * <p>At most 45 characters, so that {@code <jobId>-r<n>-driver-svc} stays a valid Service name, and
 * it starts with a letter because a Service name must. Names that end in {@code -driver} or {@code
 * -r<digits>} are refused: they could be the name of another job's driver.
 */
public record JobId(@JsonValue String value) implements Comparable<JobId> {

  /** What a job id looks like, but for {@link #RESERVED_PATTERN}; for schemas and messages. */
  public static final String PATTERN = "[a-z]([-a-z0-9]{0,43}[a-z0-9])?";

  /** What no job id ends with, for schemas; found, not matched. */
  public static final String RESERVED_PATTERN = "-(driver|r[0-9]+)$";

  /** Both in words. */
  public static final String RULE =
      "1 to 45 characters: lower-case letters, digits and '-', starting with a letter and ending"
          + " with a letter or digit, but not with '-driver' or '-r<digits>'";

  private static final Pattern VALID = Pattern.compile(PATTERN);
  private static final Pattern RESERVED = Pattern.compile(RESERVED_PATTERN);

  public JobId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "job id '"
              + abbreviate(value)
              + "' must be 1 to 45 characters: lower-case letters, digits and '-',"
              + " starting with a letter and ending with a letter or digit");
    }
    if (RESERVED.matcher(value).find()) {
      throw new IllegalArgumentException(
          "job id '"
              + value
              + "' ends in '-driver' or '-r<digits>', which is reserved for the names of driver pods");
    }
  }

  @JsonCreator
  public static JobId parse(String value) {
    return new JobId(value);
  }

  /** The job of a request that names none: a redelivered event is the same job. */
  public static JobId derivedFrom(String source, String eventId) {
    return new JobId("job-" + EventId.digest(source, eventId).substring(0, 24));
  }

  private static String abbreviate(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "...";
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
