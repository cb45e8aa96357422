package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of wrong records, and in which order it becomes durable. */
class BadRequestsTest {

  private static final int KAFKA_DEFAULT_LIMIT = 1_000_000;

  private final Deliveries deliveries = new Deliveries(new SparkDriverBuilder());

  @ParameterizedTest
  @ValueSource(strings = {"spark.kubernetes.kerberos.", "unknown.key."})
  void tellsLittleOfARequestWithThousandsOfProblems(String prefix) {
    String conf =
        IntStream.range(0, 4_000)
            .mapToObj(n -> prefix + "x".repeat(10) + n + ": a")
            .collect(Collectors.joining(", ", "{", "}"));

    deliveries.run(Requests.withSpec("many", Requests.SPEC + "sparkConf: " + conf));

    assertThat(deliveries.broker.events)
        .allSatisfy(
            event ->
                assertThat(new EventCodec().encode(event, ContentMode.BINARY).value().length)
                    .isLessThan(KAFKA_DEFAULT_LIMIT / 4));
  }

  @Test
  void boundsTheProblemsAndTheMessageOfARejection() {
    String conf =
        IntStream.range(0, 4_000)
            .mapToObj(n -> "spark.kerberos.x" + n + ": a")
            .collect(Collectors.joining(", ", "{", "}"));

    deliveries.run(Requests.withSpec("many", Requests.SPEC + "sparkConf: " + conf));

    assertThat(deliveries.broker.events.get(0).data())
        .isInstanceOfSatisfying(
            JobRejected.class,
            rejected -> {
              assertThat(rejected.problems()).hasSize(100);
              assertThat(rejected.problems().get(99).message()).isEqualTo("and 3901 more");
              assertThat(rejected.failure().message()).hasSizeLessThan(4_200);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{no json",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\","
            + "\"type\":\"io.flintwheel.job.requested.v1\",\"data\":{\"jobId\":\"told\",\"spec\":1}}"
      })
  void leavesTheOffsetUntilTheDeadLetterIsDurable(String record) {
    deliveries.broker.refuseDeadLetters(true);
    RequestTask task = deliveries.task("key", record.getBytes(StandardCharsets.UTF_8));
    assertThat(task.run()).isPresent();
    assertThat(deliveries.offsets.committable()).isEmpty();
    deliveries.broker.refuseDeadLetters(false);

    task.run();

    assertThat(deliveries.broker.deadLetters).hasSize(1);
    assertThat(deliveries.offsets.committable()).hasValue(1);
  }

  @Test
  void putsARecordAwayOnceAlthoughKubernetesIsAwayAtFirst() {
    String record =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\","
            + "\"type\":\"io.flintwheel.job.requested.v1\",\"data\":{\"jobId\":\"told\",\"spec\":1}}";
    deliveries.cluster.failNext(FakeCluster.unavailable());
    RequestTask task = deliveries.task(null, record.getBytes(StandardCharsets.UTF_8));
    assertThat(task.run()).isPresent();
    assertThat(deliveries.broker.deadLetters).isEmpty();

    task.run();

    assertThat(deliveries.broker.deadLetters).hasSize(1);
    assertThat(deliveries.broker.types()).containsExactly("rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.example.other.v1", "io.flintwheel.job.requested.v9"})
  void rejectsTheJobOfAnEventOfUnknownType(String type) {
    String record =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\",\"type\":\""
            + type
            + "\",\"data\":{\"jobId\":\"told\"}}";

    deliveries.task(null, record.getBytes(StandardCharsets.UTF_8)).run();

    assertThat(deliveries.broker.deadLetters).hasSize(1);
    assertThat(deliveries.broker.events)
        .singleElement()
        .satisfies(event -> assertThat(event.data().jobId().value()).isEqualTo("told"))
        .satisfies(event -> assertThat(event.data()).isInstanceOf(JobRejected.class));
  }

  @Test
  void namesTheTypesOfThisTopicAloneToThePublisherOfAnUnknownType() {
    String record =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\",\"type\":\"io.flintwheel.job.frobbed.v1\"}";

    deliveries.task(null, record.getBytes(StandardCharsets.UTF_8)).run();

    assertThat(deliveries.broker.deadLetters)
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.message())
                    .endsWith(
                        "(io.flintwheel.job.requested.v1 or io.flintwheel.job.cancel-requested.v1)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"jobId\":\"told\"}", "{\"jobId\":\"told\",\"attempt\":[]}", "7"})
  void tellsOfAFactThatItIsNoRequestWhateverItsData(String data) {
    String record =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\","
            + "\"type\":\"io.flintwheel.job.running.v1\",\"data\":"
            + data
            + "}";

    deliveries.task(null, record.getBytes(StandardCharsets.UTF_8)).run();

    assertThat(deliveries.broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("UNKNOWN_TYPE"))
        .satisfies(letter -> assertThat(letter.message()).contains("is no request"));
  }

  @Test
  void rejectsTheJobThatTheKeyNamesWhenTheRecordIsTooLargeToBeRead() {
    deliveries.task("told", new byte[1024 * 1024 + 1]).run();

    assertThat(deliveries.broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("TOO_LARGE"));
    assertThat(deliveries.broker.events)
        .singleElement()
        .satisfies(event -> assertThat(event.data().jobId().value()).isEqualTo("told"))
        .satisfies(event -> assertThat(event.data()).isInstanceOf(JobRejected.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "",
        "[]",
        "7",
        "{\"jobId\": \"told\", \"spec\": {}}",
        "{\"kind\": \"Pod\"}"
      })
  void rejectsTheJobThatTheKeyNamesWhenTheRecordCannotBeRead(String value) {
    deliveries.task("told", value.getBytes(StandardCharsets.UTF_8)).run();

    assertThat(deliveries.broker.deadLetters).hasSize(1);
    assertThat(deliveries.broker.events)
        .singleElement()
        .satisfies(event -> assertThat(event.data().jobId().value()).isEqualTo("told"))
        .satisfies(event -> assertThat(event.data()).isInstanceOf(JobRejected.class));
  }

  @Test
  void doesNotRejectAKnownJobBecauseOfARecordThatIsTooLargeToBeRead() {
    deliveries.run(Requests.sparkPi("told"));

    deliveries.task("told", new byte[1024 * 1024 + 1]).run();

    assertThat(deliveries.broker.types()).containsExactly("accepted", "submitted", "conflicted");
    assertThat(deliveries.broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("TOO_LARGE"));
  }

  @Test
  void doesNotRejectAJobBecauseOfAWrongCancel() {
    String cancel =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\","
            + "\"type\":\"io.flintwheel.job.cancel-requested.v1\","
            + "\"data\":{\"jobId\":\"healthy\",\"reason\":[7]}}";

    deliveries.task(null, cancel.getBytes(StandardCharsets.UTF_8)).run();

    assertThat(deliveries.broker.events).isEmpty();
    assertThat(deliveries.broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("INVALID_DATA"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void putsAwayARequestOnWhichTheBuilderDiesOfAnError(boolean linkage) {
    Deliveries dying =
        new Deliveries(
            request -> {
              throw linkage ? new NoClassDefFoundError("x") : new StackOverflowError();
            });
    RequestTask task = dying.task(Requests.sparkPi("pi"));
    int runs = 1;
    while (task.run().isPresent()) {
      runs++;
    }

    assertThat(runs).isEqualTo(5);
    assertThat(dying.broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("INTERNAL_ERROR"));
    assertThat(dying.broker.types()).containsExactly("submission-failed");
    assertThat(dying.offsets.committable()).hasValue(1);
  }
}
