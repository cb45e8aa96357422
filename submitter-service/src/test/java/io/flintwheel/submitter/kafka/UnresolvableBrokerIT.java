package io.flintwheel.submitter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.submitter.Requests;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** A broker whose name is not there yet, as in a cluster that is being installed. */
class UnresolvableBrokerIT {

  @Test
  void startsAllTheSameAndTellsItToWhoeverPublishes() {
    KafkaPublisher publisher =
        new KafkaPublisher(
            KafkaConnections.to("not-there.invalid:9092"), () -> Duration.ofSeconds(2));

    var published = publisher.publish(Requests.sparkPi("pi"));

    assertThat(published)
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(KafkaException.class)
        .withMessageContaining("bootstrap");
  }
}
