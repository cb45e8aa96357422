package io.flintwheel.submitter.intake;

import static io.flintwheel.submitter.Secrets.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.Secrets;
import io.flintwheel.submitter.spark.DriverBuilder;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users configure can be secret: no event, dead letter or log says it. */
class SecretsTest {

  private final Secrets.Log log = new Secrets.Log();

  @AfterEach
  void stopListening() {
    log.close();
  }

  /** Spark quotes the value of each of these in its exception, some without naming the key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.driver.memoryOverhead",
        "spark.ui.port",
        "spark.driver.port",
        "spark.kubernetes.memoryOverheadFactor",
        "spark.kubernetes.driver.service.ipFamilies",
        "spark.kubernetes.container.image.pullPolicy",
        "spark.driver.resource.gpu.amount"
      })
  void namesTheKeyThatSparkRefusesAndNeverItsValue(String key) {
    Deliveries deliveries = new Deliveries(new SparkDriverBuilder());

    deliveries.run(Requests.sparkPiConfigured(key, SECRET));

    assertThat(deliveries.broker.types()).containsExactly("rejected");
    assertThat(told(deliveries)).contains("spec.sparkConf[" + key + "]").doesNotContain(SECRET);
    assertThat(log.lines()).noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void namesAKeyWhoseValueSparkQuotesWithoutIt() {
    String key = "spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.readOnly";
    Deliveries deliveries = new Deliveries(new SparkDriverBuilder());

    deliveries.run(
        Requests.withSpec(
            "secret",
            Requests.SPEC
                + "sparkConf: {"
                + key
                + ": "
                + SECRET
                + ", spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.path: /d,"
                + " spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.claimName: d}"));

    assertThat(deliveries.broker.types()).containsExactly("rejected");
    assertThat(told(deliveries)).contains("spec.sparkConf[" + key + "]").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.jars", "spark.files"})
  void doesNotQuoteAnAddressThatItRefuses(String key) {
    Deliveries deliveries = new Deliveries(new SparkDriverBuilder());

    deliveries.run(
        Requests.sparkPiConfigured(key, "https://user:" + SECRET + "@repo/with blank.jar"));

    assertThat(told(deliveries)).contains(key).doesNotContain(SECRET);
  }

  @Test
  void tellsADefectWithoutItsWords() {
    DriverBuilder broken =
        request -> {
          throw new IllegalStateException(
              "cannot read " + SECRET, new IllegalArgumentException(SECRET));
        };
    Deliveries deliveries = new Deliveries(broken);
    RequestTask task = deliveries.task(Requests.sparkPi("pi"));

    while (task.run().isPresent()) {
      assertThat(deliveries.broker.deadLetters).isEmpty();
    }

    assertThat(deliveries.broker.deadLetters).hasSize(1);
    assertThat(told(deliveries)).contains("IllegalStateException").doesNotContain(SECRET);
    assertThat(log.lines())
        .anyMatch(line -> line.contains("java.lang.IllegalStateException"))
        .noneMatch(line -> line.contains(SECRET));
  }

  /** Events as they are on the wire, and what dead letters say beside the original record. */
  private static String told(Deliveries deliveries) {
    StringBuilder text = new StringBuilder();
    for (Event<? extends JobMessage> event : deliveries.broker.events) {
      var record = new EventCodec().encode(event, ContentMode.BINARY);
      text.append(new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8));
    }
    deliveries.broker.deadLetters.forEach(
        letter -> text.append(List.of(letter.reason(), letter.message())));
    return text.toString();
  }
}
