package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.EventJson;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UntakenRequestTest {

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void isToldOnceWithWhatHelps() throws InterruptedException {
    try (UntakenRequest request = request(Duration.ofMillis(50))) {
      request.seen(job("REQUESTED"));
      request.seen(job("REQUESTED"));

      String first = told.poll(20, TimeUnit.SECONDS);

      assertThat(first)
          .isEqualTo("The submitter-service has not taken up pi for 0 s; it is frozen");
      assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void isNotToldOfAJobThatWasTakenUpInTime() throws InterruptedException {
    try (UntakenRequest request = request(Duration.ofMillis(300))) {
      request.seen(job("REQUESTED"));
      request.seen(job("PENDING"));

      String first = told.poll(1, TimeUnit.SECONDS);

      assertThat(first).isNull();
    }
  }

  private UntakenRequest request(Duration tellAfter) {
    return new UntakenRequest(tellAfter, () -> Optional.of("it is frozen"), told::add);
  }

  private static JobView job(String state) {
    return new JobView(
        EventJson.mapper().createObjectNode().put("jobId", "pi").put("state", state));
  }
}
