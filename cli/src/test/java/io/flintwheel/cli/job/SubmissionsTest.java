package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

  private final Submissions submissions = new Submissions(CLOCK, new RunNames(new Random(42)));

  /** Golden files: what a file of a user becomes on Kafka. */
  @ParameterizedTest
  @CsvSource({
    "manifest.yaml, manifest.event.json",
    "spec.yaml, spec.event.json",
    "request.json, request.event.json",
    "cloudevent.json, cloudevent.event.json"
  })
  void makesTheEventOfAFile(String file, String golden) throws IOException {
    List<Submission> made = submissions.of(JobFile.parse(file, golden(file)), Optional.empty());

    assertThat(made).hasSize(1);
    assertThat(pretty(value(made.get(0)))).isEqualTo(golden(golden).strip());
    assertThat(made.get(0).record().key()).isEqualTo(made.get(0).jobId());
  }

  @Test
  void startsANewRunOfAManifestEachTime() throws IOException {
    JobFile manifest = JobFile.parse("manifest.yaml", golden("manifest.yaml"));

    List<Submission> first = submissions.of(manifest, Optional.empty());
    List<Submission> second = submissions.of(manifest, Optional.empty());

    assertThat(first.get(0).jobId()).startsWith("spark-pi-").isNotEqualTo(second.get(0).jobId());
  }

  @Test
  void takesTheJobIdThatWasAskedFor() throws IOException {
    JobFile manifest = JobFile.parse("manifest.yaml", golden("manifest.yaml"));

    List<Submission> made = submissions.of(manifest, Optional.of("tonight"));

    assertThat(made.get(0).jobId()).isEqualTo("tonight");
  }

  @Test
  void publishesEveryManifestOfAFile() throws IOException {
    String two = golden("manifest.yaml") + "\n---\n" + golden("manifest.yaml");

    List<Submission> made = submissions.of(JobFile.parse("two.yaml", two), Optional.empty());

    assertThat(made).hasSize(2);
  }

  @Test
  void warnsOfFieldsThatNobodyReads() throws IOException {
    String manifest = golden("manifest.yaml").replace("mode: cluster", "mode: cluster\n  moed: x");

    List<Submission> made = submissions.of(JobFile.parse("typo.yaml", manifest), Optional.empty());

    assertThat(made.get(0).warnings()).singleElement().asString().contains("moed");
  }

  @ParameterizedTest
  @CsvSource({"jobId, jobid", "namespace, namespce", "labels, label"})
  void refusesAMisspelledFieldOfARequestAsHttpDoes(String right, String slip) throws IOException {
    String request = golden("request.json").replace("\"" + right + "\"", "\"" + slip + "\"");

    assertThatThrownBy(() -> submissions.of(JobFile.parse("r.json", request), Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessage(
            "r.json would be refused: %s: unknown field (expected: one of jobId, namespace, labels, spec)",
            slip);
  }

  @ParameterizedTest
  @CsvSource({
    "request.json, sepc",
    "request.json, Spec",
    "request.json, specs",
    "request.json, spc",
    "manifest.yaml, sepc",
    "cloudevent.json, sepc"
  })
  void namesAMisspelledSpec(String file, String slip) throws IOException {
    String text =
        golden(file)
            .replaceFirst("\"spec\":", "\"" + slip + "\":")
            .replaceFirst("(?m)^spec:", slip + ":");

    assertThatThrownBy(() -> submissions.of(JobFile.parse(file, text), Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("%s: unknown field; perhaps 'spec' is meant", slip);
  }

  @Test
  void namesAMisspelledSpecThatIsAlone() {
    JobFile file = JobFile.parse("r.json", "{\"sepc\": {\"type\": \"Scala\"}}");

    assertThatThrownBy(() -> submissions.of(file, Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("sepc: unknown field");
  }

  @Test
  void warnsOfFieldsAroundAManifestsSpecThatNobodyReads() throws IOException {
    String manifest =
        golden("manifest.yaml")
            .replaceFirst(
                "(?m)^metadata:", "spce: {}\nmetadata:\n  annotations: {}\n  namespce: x");

    List<Submission> made = submissions.of(JobFile.parse("typo.yaml", manifest), Optional.empty());

    assertThat(made.get(0).warnings())
        .satisfiesExactly(
            warning -> assertThat(warning).startsWith("spce").contains("no effect"),
            warning -> assertThat(warning).startsWith("metadata.namespce").contains("no effect"));
  }

  @Test
  void warnsOfDataOfACloudEventThatNobodyReads() throws IOException {
    String event =
        golden("cloudevent.json").replace("\"data\": {", "\"data\": {\"namespce\": \"x\",");

    List<Submission> made = submissions.of(JobFile.parse("event.json", event), Optional.empty());

    assertThat(made.get(0).warnings())
        .singleElement()
        .asString()
        .startsWith("data.namespce")
        .contains("no effect");
  }

  @Test
  void refusesAScheduleAndSaysWhereItBelongs() {
    JobFile file =
        JobFile.parse(
            "s.yaml",
            """
            apiVersion: sparkoperator.k8s.io/v1beta2
            kind: ScheduledSparkApplication
            """);

    assertThatThrownBy(() -> submissions.of(file, Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("ScheduledSparkApplication")
        .hasMessageContaining("POST /api/v1/schedules");
  }

  @Test
  void refusesAManifestOfAnotherVersion() throws IOException {
    String manifest = golden("manifest.yaml").replace("v1beta2", "v1alpha1");

    assertThatThrownBy(() -> submissions.of(JobFile.parse("old.yaml", manifest), Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("v1alpha1")
        .hasMessageContaining("sparkoperator.k8s.io/v1beta2");
  }

  @Test
  void namesARunAsAManifestWantsItsNameGenerated() throws IOException {
    String manifest =
        golden("manifest.yaml").replaceFirst("(?m)^  name: .*$", "  generateName: nightly-");

    List<Submission> made = submissions.of(JobFile.parse("x.yaml", manifest), Optional.empty());

    assertThat(made.get(0).jobId()).matches("nightly-[a-z0-9]{5}");
  }

  @Test
  void refusesAWrongTypeByItsPath() throws IOException {
    String manifest = golden("manifest.yaml").replace("cores: 1", "cores: one");

    assertThatThrownBy(() -> submissions.of(JobFile.parse("bad.yaml", manifest), Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("spec.driver.cores");
  }

  @Test
  void refusesACloudEventThatTheServicesWouldRefuse() throws IOException {
    String event = golden("cloudevent.json").replace("\"source\"", "\"origin\"");

    assertThatThrownBy(() -> submissions.of(JobFile.parse("event.json", event), Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("source");
  }

  @Test
  void refusesAnEventThatOnlyServicesPublish() {
    String event =
        """
        {"specversion": "1.0", "id": "1", "source": "/me", "type": "io.flintwheel.job.cancelled.v1",
         "time": "2026-11-23T10:00:00Z", "data": {"jobId": "pi", "namespace": "default", "attempt": 1}}
        """;

    assertThatThrownBy(() -> submissions.of(JobFile.parse("fact.json", event), Optional.empty()))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("io.flintwheel.job.cancelled.v1, which services publish");
  }

  @Test
  void refusesTextThatIsNoDocument() {
    assertThatThrownBy(() -> JobFile.parse("x.yaml", "a: [1, 2"))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("x.yaml is neither JSON nor YAML");
  }

  private static String value(Submission submission) {
    byte[] value = submission.record().value();
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  private static String pretty(String json) throws IOException {
    return EventJson.mapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(EventJson.mapper().readTree(json));
  }

  private static String golden(String name) throws IOException {
    try (InputStream resource = SubmissionsTest.class.getResourceAsStream("/golden/" + name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
