package io.flintwheel.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A broker in the test's own process would drown the service's log lines. */
final class QuietLogs {

  private static final List<String> KAFKA =
      List.of("kafka", "org.apache.kafka", "state.change.logger");

  /** Held, because a logger that nobody holds is collected and forgets its level. */
  private static final List<Logger> LOGGERS = KAFKA.stream().map(Logger::getLogger).toList();

  private QuietLogs() {}

  /** Before the application configures logging. */
  static void ofKafkaNow() {
    LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  /** For the application's configuration, which replaces what was set before. */
  static Map<String, String> ofKafka() {
    Map<String, String> config = new LinkedHashMap<>();
    KAFKA.forEach(name -> config.put("quarkus.log.category.\"" + name + "\".level", "ERROR"));
    return config;
  }
}
