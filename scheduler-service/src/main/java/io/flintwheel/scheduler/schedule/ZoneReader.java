package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code timeZone}. */
final class ZoneReader {

  /** Ids of the JDK's own that are no longer IANA's, each a copy of a zone that is. */
  private static final String NOT_IANA = "SystemV/";

  /**
   * Ids of IANA's that the JDK does not take for zones. They never had clock changes, and most
   * people who write them mean the place that has; so nothing is chosen for them.
   */
  private static final Map<String, String> AMBIGUOUS =
      Map.of(
          "EST", "Etc/GMT+5 (always -05:00) or America/New_York (with daylight saving time)",
          "MST", "Etc/GMT+7 (always -07:00) or America/Denver (with daylight saving time)",
          "HST", "Etc/GMT+10 (always -10:00) or Pacific/Honolulu (the same)");

  private final boolean ianaAlone;

  /**
   * Reads zones.
   *
   * @param ianaAlone false for what was accepted once, when the JDK's own ids were taken too
   */
  ZoneReader(boolean ianaAlone) {
    this.ianaAlone = ianaAlone;
  }

  Optional<ZoneId> read(JsonNode document, Findings findings) {
    String id = findings.text(document, "", "timeZone").orElse("UTC");
    // Offsets such as +02:00 and made-up ids such as GMT+2 load too, but have no clock changes.
    if (ZoneId.getAvailableZoneIds().contains(id) && isTaken(id)) {
      return Optional.of(ZoneId.of(id));
    }
    findings.wrong("timeZone", "unknown time zone '" + Findings.quote(id) + "'", meant(id));
    return Optional.empty();
  }

  private boolean isTaken(String id) {
    return !ianaAlone || !id.startsWith(NOT_IANA);
  }

  private String meant(String id) {
    String ambiguous = AMBIGUOUS.get(id.toUpperCase(Locale.ROOT));
    return ambiguous != null
        ? ambiguous
        : ZoneId.getAvailableZoneIds().stream()
            .filter(known -> known.equalsIgnoreCase(id) && isTaken(known))
            .findFirst()
            .orElse("an IANA time zone such as Europe/Madrid or UTC");
  }
}
