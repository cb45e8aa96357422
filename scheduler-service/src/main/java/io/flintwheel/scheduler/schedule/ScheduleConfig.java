package io.flintwheel.scheduler.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Which schedules are accepted, and how the service names itself. */
@ConfigMapping(prefix = "flintwheel.scheduler")
public interface ScheduleConfig {

  /**
   * The name of this installation; part of the source of every event. Letters, digits and {@code
   * -}. Environment: {@code FLINTWHEEL_CLUSTER}.
   */
  @WithDefault("local")
  String cluster();

  /**
   * Where the status service answers; when given, schedules link to their jobs there. A URL without
   * a trailing slash. Environment: {@code FLINTWHEEL_STATUS_URL}.
   */
  Optional<String> statusUrl();

  /**
   * The shortest interval that a schedule may have; from {@code PT1S}, because a job's id tells its
   * tick to the second. Schedules that exist are not affected.
   */
  @WithDefault("PT1S")
  Duration minInterval();
}
