package io.flintwheel.events.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.SampleEvents;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.Problem;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkApplicationSpecReaderTest {

  @Test
  void readsUpstreamsSparkPiWithoutAWord() {
    SpecReading reading = SparkApplicationSpecReader.read(SampleEvents.sparkPi());

    assertThat(reading.errors()).isEmpty();
    assertThat(reading.warnings()).isEmpty();
    SparkApplicationSpec spec = reading.spec().orElseThrow();
    assertThat(spec.type()).isEqualTo(ApplicationType.SCALA);
    assertThat(spec.imagePullPolicy()).isEqualTo(ImagePullPolicy.IF_NOT_PRESENT);
    assertThat(spec.arguments()).containsExactly("5000");
    assertThat(spec.restartType()).isEqualTo(RestartPolicy.Type.NEVER);
    assertThat(spec.driver().pod().serviceAccount()).isEqualTo("spark-operator-spark");
    assertThat(spec.driver().pod().securityContext().get("runAsUser").asInt()).isEqualTo(185);
    assertThat(spec.executor().instances()).isEqualTo(1);
    assertThat(spec.executor().pod().memory()).isEqualTo("512m");
  }

  @Test
  void namesEveryRequiredFieldThatIsMissing() {
    SpecReading reading = read("{\"driver\": {\"gpu\": {}}}");

    assertThat(reading.spec()).isEmpty();
    assertThat(reading.errors())
        .extracting(Problem::field)
        .containsExactly(
            "spec.type",
            "spec.sparkVersion",
            "spec.mainApplicationFile",
            "spec.driver.gpu.name",
            "spec.driver.gpu.quantity",
            "spec.executor");
    assertThat(reading.errors().get(0).expected()).isEqualTo("one of Java, Scala, Python, R");
  }

  @Test
  void tellsAMisspelledFieldBesideTheOneThatIsMissing() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.set("exectuor", json.remove("executor"));

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.refusal())
        .extracting(Problem::field)
        .containsExactly("spec.executor", "spec.exectuor");
  }

  @Test
  void tellsWhereWhatAndWhatWouldBeRight() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.put("type", "scala").put("sparkVersion", 4.0).put("restartPolicy", "Never");
    json.withObject("/driver").put("cores", "1").put("memory", "1Gi");
    json.withObject("/executor").put("instances", 0).put("deleteOnTermination", "no");
    json.withArray("/arguments").add(7);
    json.putObject("sparkConf").put("spark.eventLog.enabled", true);
    json.put("volumes", 1).putArray("driverIngressOptions").add("x");

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.errors())
        .containsExactly(
            new Problem("spec.type", "is 'scala'", "one of Java, Scala, Python, R"),
            new Problem("spec.sparkVersion", "is a fraction", "a text, in quotes"),
            new Problem("spec.arguments[1]", "is a whole number", "a text, in quotes"),
            new Problem(
                "spec.sparkConf[spark.eventLog.enabled]", "is a boolean", "a text, in quotes"),
            new Problem("spec.volumes", "is a whole number", "a list"),
            new Problem(
                "spec.driver.cores", "is a text", "a whole number of at least 1, without quotes"),
            new Problem(
                "spec.driver.memory",
                "is '1Gi'",
                "a whole number with a unit of k, m, g or t, such as 512m or 1g"),
            new Problem("spec.executor.instances", "is '0'", "a whole number of at least 1"),
            new Problem(
                "spec.executor.deleteOnTermination", "is a text", "true or false, without quotes"),
            new Problem("spec.restartPolicy", "is a text", "an object"),
            new Problem("spec.driverIngressOptions[0]", "is a text", "an object"));
  }

  @ParameterizedTest
  @CsvSource({
    "/executor/instances, 99999999999, a whole number from 1 to 2147483647",
    "/executor/instances, 99999999999999999999999, a whole number from 1 to 2147483647",
    "/executor/instances, -99999999999, a whole number of at least 1",
    "/dynamicAllocation/maxExecutors, 2147483648, a whole number from 0 to 2147483647",
    "/monitoring/prometheus/port, 49152, a whole number from 1024 to 49151",
    "/failureRetries, 2147483648, a whole number from -2147483648 to 2147483647",
    "/failureRetries, -2147483649, a whole number from -2147483648 to 2147483647",
    "/timeToLiveSeconds, 9223372036854775808, a whole number from -9223372036854775808 to 9223372036854775807",
  })
  void namesTheLimitThatANumberIsBeyond(String field, BigInteger number, String expected) {
    ObjectNode json = SampleEvents.sparkPi().json();
    int name = field.lastIndexOf('/');
    ObjectNode parent = name == 0 ? json : json.withObject(field.substring(0, name));
    parent.put(field.substring(name + 1), number);

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.errors())
        .filteredOn(problem -> problem.field().equals("spec" + field.replace('/', '.')))
        .extracting(Problem::message, Problem::expected)
        .containsExactly(tuple("is '" + number + "'", expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3e9            | is '3.0E9'      | a whole number from 1 to 2147483647",
        "1e400          | is too large    | a whole number from 1 to 2147483647",
        "1e99999999999  | is too large    | a whole number from 1 to 2147483647",
        "-1e99999999999 | is too small    | a whole number of at least 1",
        "-1e9           | is '-1.0E9'     | a whole number of at least 1",
        "1e9            | is a whole number, but written with a point or an exponent | a whole number of at least 1, in digits alone",
        "1.0            | is a whole number, but written with a point or an exponent | a whole number of at least 1, in digits alone",
        "1.5            | is a fraction   | a whole number of at least 1",
        "1e-400         | is '0.0'        | a whole number of at least 1",
      })
  void tellsANumberWithAnExponentWhatIsWrongWithIt(String number, String message, String expected) {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.withObject("/executor").set("instances", json("{\"n\": " + number + "}").get("n"));

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.errors())
        .containsExactly(new Problem("spec.executor.instances", message, expected));
  }

  @Test
  @Timeout(10)
  void writesNoHugeNumberOutInDigits() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.withObject("/executor").put("instances", new BigDecimal("1e2147483647"));

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.errors())
        .extracting(Problem::expected)
        .containsExactly("a whole number from 1 to 2147483647");
  }

  @Test
  void refusesWhatNoProcessCanBeStartedWith() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.withArray("/arguments").add("a\0b");
    json.withObject("/driver").putArray("env").addObject().put("name", "A").put("value", "\0");

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.errors())
        .extracting(Problem::field)
        .containsExactly("spec.arguments[1]", "spec.driver.env[0].value");
  }

  @Test
  void warnsOfUnknownFieldsWithTheirPathAndAGuess() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.put("mainclass", "x").put("frobnicate", true);
    json.withObject("/driver").put("core", 2);

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.spec()).isPresent();
    assertThat(reading.warnings())
        .containsExactlyInAnyOrder(
            new Problem(
                "spec.mainclass",
                "unknown field, it has no effect",
                "perhaps 'mainClass' is meant"),
            new Problem("spec.frobnicate", "unknown field, it has no effect", null),
            new Problem(
                "spec.driver.core", "unknown field, it has no effect", "perhaps 'cores' is meant"));
  }

  @Test
  void readsEveryFieldThatUpstreamHas() {
    SpecReading reading = SparkApplicationSpecReader.read(SampleEvents.everyField());

    assertThat(reading.errors()).isEmpty();
    assertThat(reading.warnings()).isEmpty();
    assertThat(unset(reading.spec().orElseThrow(), "spec")).isEmpty();
  }

  @Test
  void tellsNoMoreProblemsThanFitIntoAnEvent() {
    ObjectNode json = SampleEvents.sparkPi().json();
    for (int i = 0; i < 5000; i++) {
      json.put("unknown-" + i, i).withArray("/arguments").add(i);
    }

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.errors()).hasSize(Problem.MOST);
    assertThat(reading.warnings())
        .hasSize(Problem.MOST)
        .last()
        .extracting(Problem::message)
        .isEqualTo("and 4901 more");
  }

  @Test
  void takesNullAsNotGiven() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.putNull("mode").putNull("arguments");

    SparkApplicationSpec spec =
        SparkApplicationSpecReader.read(JobSpec.of(json)).spec().orElseThrow();

    assertThat(spec.mode()).isNull();
    assertThat(spec.modeOrDefault()).isEqualTo(DeployMode.CLUSTER);
    assertThat(spec.arguments()).isEmpty();
  }

  @Test
  void defaultsYieldToSparkConf() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.withObject("/driver").removeAll();
    json.withObject("/executor").removeAll();
    json.putObject("sparkConf")
        .put("spark.driver.memory", "2g")
        .put("spark.dynamicAllocation.enabled", "true");

    SparkApplicationSpec spec =
        SparkApplicationSpecReader.read(JobSpec.of(json)).spec().orElseThrow();

    assertThat(spec.driverCores()).contains(1);
    assertThat(spec.driverMemory()).isEmpty();
    assertThat(spec.executorCores()).contains(1);
    assertThat(spec.executorMemory()).contains("1g");
    assertThat(spec.executorInstances()).isEmpty();
  }

  @Test
  void refusesTextsThatNoContainerCanBeGivenAsTheyAre() {
    ObjectNode json = SampleEvents.sparkPi().json();
    json.withArray("/arguments").add("a\0b").add("half \ud83d").add("whole \ud83d\ude00");
    json.putObject("sparkConf").put("spark.\udc00", "1").put("spark.x", "\ude00\ud83d");

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.errors())
        .extracting(Problem::field)
        .containsExactly(
            "spec.arguments[1]",
            "spec.arguments[2]",
            "spec.sparkConf.spark.\ufffd",
            "spec.sparkConf.spark.x");
    assertThat(reading.errors())
        .extracting(Problem::message)
        .satisfiesExactly(
            nul -> assertThat(nul).isEqualTo("holds the character NUL (\\u0000)"),
            half -> assertThat(half).startsWith("holds half a character"),
            inName -> assertThat(inName).startsWith("its name holds half a character"),
            swapped -> assertThat(swapped).startsWith("holds half a character"));
  }

  /** Components that nothing was read into. */
  private static List<String> unset(Record read, String path) {
    List<String> unset = new ArrayList<>();
    for (RecordComponent component : read.getClass().getRecordComponents()) {
      String field = path + "." + component.getName();
      Object value = valueOf(component, read);
      if (value == null
          || (value instanceof Collection<?> list && list.isEmpty())
          || (value instanceof Map<?, ?> map && map.isEmpty())) {
        unset.add(field);
      } else if (value instanceof Record nested) {
        unset.addAll(unset(nested, field));
      }
    }
    return unset;
  }

  private static Object valueOf(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SpecReading read(String json) {
    return SparkApplicationSpecReader.read(JobSpec.of(json(json)));
  }

  private static ObjectNode json(String json) {
    try {
      return (ObjectNode) EventJson.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
