package io.flintwheel.submitter.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.SparkApplicationSpec;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.spark.DriverResources;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every field that v1beta2 knows does something or is refused by name. The fields are those of the
 * records, so one that is added there fails here until somebody has decided.
 */
class EveryFieldTest {

  /** What a field is set to, and what must then stand in the objects that are made. */
  private record Effect(String yaml, String trace) {}

  private static final Map<String, Effect> HONOURED =
      Map.ofEntries(
          Map.entry("type", new Effect("Python", "org.apache.spark.deploy.PythonRunner")),
          Map.entry("sparkVersion", new Effect("9.8.7", "spark-version: \"9.8.7\"")),
          Map.entry("image", new Effect("other:7", "image: \"other:7\"")),
          Map.entry("imagePullPolicy", new Effect("Never", "imagePullPolicy: \"Never\"")),
          Map.entry("mainClass", new Effect("a.Golden", "- \"a.Golden\"")),
          Map.entry("mainApplicationFile", new Effect("s3a://g/g.jar", "s3a://g/g.jar")),
          Map.entry("arguments", new Effect("[golden7]", "- \"golden7\"")),
          Map.entry("sparkConf", new Effect("{spark.golden: \"7\"}", "spark.golden=7")),
          Map.entry("driver.cores", new Effect("7", "spark.driver.cores=7")),
          Map.entry("driver.memory", new Effect("777m", "spark.driver.memory=777m")),
          Map.entry("driver.serviceAccount", new Effect("g7", "serviceAccountName: \"g7\"")),
          Map.entry("driver.labels", new Effect("{golden: g7}", "golden: \"g7\"")),
          Map.entry("driver.securityContext", new Effect("{runAsUser: 777}", "runAsUser: 777")),
          Map.entry("driver.env", new Effect("[{name: GOLDEN, value: g7}]", "\"GOLDEN\"")),
          Map.entry("executor.cores", new Effect("7", "spark.executor.cores=7")),
          Map.entry("executor.instances", new Effect("7", "spark.executor.instances=7")),
          Map.entry("executor.memory", new Effect("777m", "spark.executor.memory=777m")),
          Map.entry("executor.serviceAccount", new Effect("g7", "serviceAccountName=g7")),
          Map.entry("executor.labels", new Effect("{golden: g7}", "executor.label.golden=g7")),
          Map.entry("executor.securityContext", new Effect("{runAsUser: 777}", "runAsUser: 777")),
          Map.entry("executor.env", new Effect("[{name: GOLDEN, value: g7}]", "\"GOLDEN\"")));

  /** One value of these is what happens, and the others are refused. */
  private static final Map<String, String> ONE_VALUE =
      Map.of("mode", "client", "restartPolicy", "{type: Always}", "pythonVersion", "\"2\"");

  /** Texts that are checked before it is asked whether the field does something. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          "memoryOverhead", "512m",
          "memoryLimit", "1Gi",
          "memoryOverheadFactor", "\"0.2\"",
          "protocol", "TCP",
          "port", "8090");

  @ParameterizedTest
  @MethodSource("honoured")
  void leavesATraceOfAnHonouredFieldInTheObjects(String path) throws Exception {
    Effect effect = HONOURED.get(path);
    String without = objects(Requests.sparkPi("spark-pi"));

    String with = objects(Requests.sparkPiWith(path, effect.yaml()));

    assertThat(without).doesNotContain(effect.trace());
    assertThat(with).contains(effect.trace());
  }

  @ParameterizedTest
  @MethodSource("others")
  void refusesEveryOtherFieldByItsName(String path) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiWith(path, fields().get(path)));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec." + path);
              assertThat(problem.message()).isEqualTo("this field is not supported yet");
            });
  }

  @ParameterizedTest
  @MethodSource("oneValued")
  void refusesEveryValueButOneOfAFieldThatHasNoChoiceYet(String path) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiWith(path, ONE_VALUE.get(path)));

    assertThat(problems).singleElement().extracting(Problem::field).asString().contains(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onFailureRetries",
        "onFailureRetryInterval",
        "onSubmissionFailureRetries",
        "onSubmissionFailureRetryInterval"
      })
  void refusesByNameWhatOnlyRestartsNeed(String field) {
    List<Problem> problems =
        Reviewers.problems(
            Requests.sparkPiWith("restartPolicy", "{type: Never, " + field + ": 3}"));

    assertThat(problems)
        .singleElement()
        .extracting(Problem::field)
        .isEqualTo("spec.restartPolicy." + field);
  }

  @Test
  void takesARestartPolicyThatAsksForNothing() {
    List<Problem> problems =
        Reviewers.problems(Requests.sparkPiWith("restartPolicy", "{type: Never}"));

    assertThat(problems).isEmpty();
  }

  @Test
  void knowsNoHonouredFieldThatTheRecordsDoNot() {
    Set<String> fields = fields().keySet();

    assertThat(fields).hasSizeGreaterThan(100).containsAll(HONOURED.keySet());
    assertThat(fields).containsAll(ONE_VALUE.keySet());
  }

  static Set<String> honoured() {
    return HONOURED.keySet();
  }

  static Set<String> oneValued() {
    return ONE_VALUE.keySet();
  }

  static List<String> others() {
    return fields().keySet().stream()
        .filter(path -> !HONOURED.containsKey(path) && !ONE_VALUE.containsKey(path))
        .toList();
  }

  /** The paths of all fields, with a value in YAML that is right for the type. */
  private static Map<String, String> fields() {
    Map<String, String> fields = new TreeMap<>();
    collect(SparkApplicationSpec.class, "", fields);
    return fields;
  }

  private static void collect(Class<?> type, String parent, Map<String, String> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      switch (name) {
        case "driver", "executor" -> collect(component.getType(), name + ".", fields);
        case "pod" -> collect(component.getType(), parent, fields);
        default -> fields.put(parent + name, sample(name, component.getGenericType()));
      }
    }
  }

  private static String sample(String name, Type type) {
    if (SAMPLES.containsKey(name)) {
      return SAMPLES.get(name);
    }
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == List.class
          ? "[" + sample("", element) + "]"
          : "{a: " + sample("", element) + "}";
    }
    Class<?> simple = (Class<?>) type;
    if (simple.isRecord()) {
      StringBuilder members = new StringBuilder("{");
      for (RecordComponent each : simple.getRecordComponents()) {
        members.append(each.getName()).append(": ");
        members.append(sample(each.getName(), each.getGenericType())).append(", ");
      }
      return members.append("}").toString();
    }
    if (simple.isEnum()) {
      return "\"" + wireName(simple) + "\"";
    }
    if (simple == ObjectNode.class) {
      return "{name: a}";
    }
    return simple == Boolean.class ? "true" : simple == String.class ? "\"1\"" : "60";
  }

  private static String wireName(Class<?> type) {
    try {
      return io.flintwheel.events.EventJson.mapper()
          .valueToTree(Arrays.asList(type.getEnumConstants()).get(0))
          .asText();
    } catch (IllegalArgumentException e) {
      throw new AssertionError(e);
    }
  }

  private static String objects(Event<JobRequested> event) throws Exception {
    DriverResources built = new SparkDriverBuilder().build(Reviewers.admitted(event));
    KubernetesSerialization yaml = new KubernetesSerialization();
    return yaml.asYaml(built.pod())
        + yaml.asYaml(built.configMap()).replace("\\", "")
        + yaml.asYaml(built.services());
  }
}
