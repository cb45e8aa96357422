package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.submitter.kubernetes.ClusterRefusalException;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which refusals are believed, and when. */
class DeliveryTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          403, 'pods is forbidden: User "x" cannot create',       0,  0, false
          403, 'pods is forbidden: User "x" cannot create',     100, 29, false
          403, 'pods is forbidden: User "x" cannot create',       1, 30, true
          403, 'exceeded quota: pods',                            3, 60, false
          403, 'error looking up service account a/b: not found', 3, 60, false
          403, 'error looking up service account a/b: not found', 4,  1, true
          403, 'exceeded quota: pods',                            4,  1, true
          403, 'admission webhook "x" denied the request',        4,  1, true
          403, 'violates PodSecurity "restricted:latest"',        4,  1, true
          422, 'spec.containers[0].image: Required value',        0,  0, true
          404, 'namespaces "x" not found',                        0,  0, true
          """)
  void believesRightsAfterHalfAMinuteAndRulesAfterSomeTries(
      int code, String message, int tries, int seconds, boolean believed) {
    ClusterRefusalException refusal = FakeCluster.refusal(code, "Reason", message);
    Delivery delivery =
        new Delivery(
            new ConsumerRecord<>("topic", 0, 0, null, null),
            tries,
            Duration.ofSeconds(seconds),
            new Patience(
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), Duration.ofSeconds(30)),
            Deliveries.HELD);

    boolean believes = delivery.believes(refusal);

    assertThat(believes).isEqualTo(believed);
  }
}
