package io.flintwheel.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Problem;
import io.flintwheel.scheduler.Documents;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {

  private static final DefinitionReader READER = DefinitionReader.of(Duration.ofSeconds(5));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'cron': '61 * * * *'}                 | specs[0].cron  | 61 is not in 0-59",
        "{'cron': 5}                            | specs[0].cron  | is of type number",
        "{'cron': null}                         | specs[0].cron  | is missing",
        "{'cron': '0 0 30 2 *'}                 | specs[0].cron  | never fires",
        "{'every': 'PT1S'}                      | specs[0].every | not a possible interval",
        "{'every': 'PT7.5S'}                    | specs[0].every | not a possible interval",
        "{'every': 'P10000D'}                   | specs[0].every | not a possible interval",
        "{'every': '5 minutes'}                 | specs[0].every | is not a duration",
        "{'every': 'PT999999999999999999H'}     | specs[0].every | is not a duration",
        "{'every': 'PT20S', 'phase': 'PT20S'}   | specs[0].phase | is not within the interval",
        "{'every': 'PT20S', 'phase': '-PT1S'}   | specs[0].phase | is not within the interval",
        "{'phase': 'PT20S'}                     | specs[0]       | has 0 of cron, every and at",
        "{'at': '2030-01-01T00:00:00Z', 'phase': 'PT1S'} | specs[0] | phase belongs to every",
        "{'at': 'tomorrow'}                     | specs[0].at    | is not a possible time",
        "{'at': '2030-01-01T00:00:00.5Z'}       | specs[0].at    | is not a possible time",
        "{'at': '10000-01-01T00:00:00Z'}        | specs[0].at    | is not a possible time",
        "{'at': '+999999999-12-31T23:59:59Z'}   | specs[0].at    | is not a possible time",
        "{'at': '9999-12-31T23:59:59-00:01'}    | specs[0].at    | is not a possible time",
        "{'at': '1969-12-31T23:59:59Z'}         | specs[0].at    | is not a possible time",
        "{'at': '0000-01-01T00:00:00Z'}         | specs[0].at    | is not a possible time",
        "{'cron': '* * * * *', 'every': 'PT5S'} | specs[0]       | has 2 of cron, every and at",
        "{'corn': '* * * * *'}                  | specs[0].corn  | unknown field",
        "'* * * * *'                            | specs[0]       | is of type string",
      })
  void namesFieldWhenSpecIsWrong(String spec, String field, String message) {
    DefinitionReading reading = read(Documents.schedule("s", spec.replace('\'', '"')));

    assertThat(reading.definition()).isEmpty();
    assertThat(reading.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.message()).contains(message);
              assertThat(problem.expected()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                               | specs    | is missing",
        "{'specs': []}                                    | specs    | has 0 elements",
        "{'specs': {}}                                    | specs    | is of type object",
        "{'timeZone': 'Mars/Olympus'}                     | timeZone | 'Mars/Olympus'",
        "{'timeZone': '+02:00'}                           | timeZone | '+02:00'",
        "{'timeZone': 'SystemV/PST8PDT'}                  | timeZone | 'SystemV/PST8PDT'",
        "{'timeZone': 7}                                  | timeZone | is of type number",
        "{'id': 'Nightly'}                                | id       | must be 1 to 27 characters",
        "{'id': 'abcdefghijklmnopqrstuvwxyzab'}           | id       | must be 1 to 27 characters",
        "{'cron': '* * * * *'}                            | cron     | unknown field",
        "{'job': 'x'}                                     | job      | is of type string",
        "{'job': {}}                                      | job.spec | is missing",
        "{'job': {'spec': {}, 'priority': 1}}             | job.priority | unknown field",
        "{'job': {'spec': {'type': 7}}}                   | job.spec.type | ",
        "{'job': {'spec': {}, 'namespace': 'A_B'}}        | job.namespace | ",
        "{'job': {'spec': {}, 'labels': {'a': 1}}}        | job.labels[a] | ",
        "[]                                               | ~~       | is of type array",
      })
  void namesFieldWhenDocumentIsWrong(String document, String field, String message) {
    DefinitionReading reading = read(document.replace('\'', '"'));

    assertThat(reading.definition()).isEmpty();
    assertThat(reading.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.message()).contains(message == null ? "" : message);
            });
  }

  @Test
  void suggestsZoneWhenOnlyItsCaseIsWrong() {
    DefinitionReading reading = read("{\"timeZone\": \"europe/madrid\"}");

    assertThat(reading.problems()).extracting(Problem::expected).contains("Europe/Madrid");
  }

  @ParameterizedTest
  @CsvSource({
    "EST, Etc/GMT+5, America/New_York",
    "MST, Etc/GMT+7, America/Denver",
    "HST, Etc/GMT+10, Pacific/Honolulu",
    "est, Etc/GMT+5, America/New_York",
    "Mst, Etc/GMT+7, America/Denver",
  })
  void saysWhatToWriteForAnAbbreviation(String id, String fixed, String place) {
    DefinitionReading reading = read("{\"timeZone\": \"" + id + "\"}");

    assertThat(reading.problems())
        .filteredOn(problem -> problem.field().equals("timeZone"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.expected()).contains(fixed + " ", place));
    assertThat(ZoneId.getAvailableZoneIds()).contains(fixed, place);
  }

  @Test
  void suggestsNoZoneThatItRefuses() {
    DefinitionReading reading = read("{\"timeZone\": \"systemv/pst8pdt\"}");

    assertThat(reading.problems())
        .extracting(Problem::expected)
        .contains("an IANA time zone such as Europe/Madrid or UTC");
  }

  @Test
  void readsAZoneThatWasAcceptedOnce() throws JsonProcessingException {
    String document =
        Documents.schedule("s", "{\"cron\": \"@daily\"}")
            .replace("\"specs\"", "\"timeZone\": \"SystemV/PST8PDT\", \"specs\"");

    DefinitionReading reading =
        DefinitionReader.ofAccepted().read(EventJson.mapper().readTree(document));

    assertThat(reading.definition())
        .hasValueSatisfying(
            definition -> assertThat(definition.zone().getId()).isEqualTo("SystemV/PST8PDT"));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    DefinitionReading reading =
        read("{\"id\": \"X\", \"timeZone\": \"Y\", \"specs\": [{\"cron\": \"61 * * * *\"}]}");

    assertThat(reading.problems())
        .extracting(Problem::field)
        .containsExactly("id", "timeZone", "specs[0].cron", "job");
  }

  @Test
  void warnsWhenSpecHasUnknownField() {
    String document =
        Documents.schedule("s", "{\"every\": \"PT5S\"}")
            .replace("\"mode\"", "\"colour\": \"red\", \"mode\"");

    DefinitionReading reading = read(document);

    assertThat(reading.definition()).isPresent();
    assertThat(reading.warnings()).extracting(Problem::field).containsExactly("job.spec.colour");
  }

  @Test
  void readsBackWhatItWrote() {
    DefinitionReading reading =
        read(
            Documents.schedule(
                    "s",
                    "{\"cron\": \"@daily\"}, {\"every\": \"PT1M\", \"phase\": \"PT7S\"},"
                        + " {\"at\": \"2030-01-01T02:00:00+02:00\"}")
                .replace("\"specs\"", "\"timeZone\": \"Europe/Madrid\", \"specs\""));

    ScheduleDefinition definition = reading.definition().orElseThrow();

    assertThat(DefinitionReader.ofAccepted().read(definition.toJson()).definition())
        .contains(definition);
  }

  private static DefinitionReading read(String document) {
    try {
      return READER.read(EventJson.mapper().readTree(document));
    } catch (JsonProcessingException e) {
      throw new AssertionError(document, e);
    }
  }
}
