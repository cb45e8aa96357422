package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** What a service tells about its readiness. */
final class Readiness {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Readiness() {}

  /** Waits until the service is not ready and names the culprit, and is alive all the same. */
  static void awaitDown(ServiceProcess service, Dependency culprit) {
    Awaitility.await(service.service().module() + " names " + culprit)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(failingChecks(service))
                    .anyMatch(check -> check.contains(culprit.nameInReadiness())));
    assertThat(service.http().isLive()).as(service.service().module() + " is alive").isTrue();
  }

  private static List<String> failingChecks(ServiceProcess service) {
    List<String> failing = new ArrayList<>();
    for (var check : service.http().get("/q/health/ready").json().path("checks")) {
      if (check.path("status").asText().equals("DOWN")) {
        failing.add(check.path("name").asText().toLowerCase(Locale.ROOT));
      }
    }
    return failing;
  }
}
