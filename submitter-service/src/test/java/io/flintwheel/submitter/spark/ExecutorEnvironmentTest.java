package io.flintwheel.submitter.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorEnvironmentTest {

  @Test
  void leavesVariablesOfTheJobAloneInTheTemplateInTheirOrder() {
    List<EnvVar> env =
        List.of(of("B", "b"), of("A", "$(B)/$$(SPARK_EXECUTOR_ID)/$(UNKNOWN)"), fromNode("N"));

    ExecutorEnvironment split = ExecutorEnvironment.of(env, Map.of("spark.executorEnv.C", "c"));

    assertThat(split).isEqualTo(new ExecutorEnvironment(env, Map.of(), List.of()));
  }

  @Test
  void entersWhatRefersToAVariableOfSpark() {
    ExecutorEnvironment split =
        split(Map.of(), of("MINE", "/data/$(SPARK_APPLICATION_ID)/$(SPARK_EXECUTOR_ID)"));

    assertThat(split.template()).isEmpty();
    assertThat(split.entries())
        .containsExactly(
            Map.entry(
                "spark.executorEnv.MINE", "/data/$(SPARK_APPLICATION_ID)/$(SPARK_EXECUTOR_ID)"));
  }

  @Test
  void entersWhatHasTheNameOfAVariableOfSpark() {
    ExecutorEnvironment split = split(Map.of(), of("SPARK_CONF_DIR", "$(SPARK_CONF_DIR)/mine"));

    assertThat(split.entries())
        .containsExactly(Map.entry("spark.executorEnv.SPARK_CONF_DIR", "$(SPARK_CONF_DIR)/mine"));
  }

  @Test
  void writesReferencesToOtherEntriesOut() {
    ExecutorEnvironment split =
        split(
            Map.of("spark.executorEnv.OF_CONF", "5$"),
            of("PLAIN", "p"),
            of("ID", "$(SPARK_EXECUTOR_ID)$"),
            of("ALL", "$(ID)(PLAIN) $(PLAIN) $(OF_CONF)"));

    assertThat(split.template()).containsExactly(of("PLAIN", "p"));
    assertThat(split.entries())
        .containsEntry("spark.executorEnv.ALL", "$(SPARK_EXECUTOR_ID)$$(PLAIN) $(PLAIN) 5$$");
  }

  @Test
  void refersToWhatTheJobPutInPlaceOfAVariableOfSpark() {
    ExecutorEnvironment split =
        split(Map.of(), of("SPARK_USER", "me"), of("MY_HOME", "/home/$(SPARK_USER)"));

    assertThat(split.entries()).containsEntry("spark.executorEnv.MY_HOME", "/home/me");
  }

  @Test
  void takesTheLastVariableOfAName() {
    ExecutorEnvironment split =
        split(Map.of(), of("A", "$(SPARK_EXECUTOR_ID)"), of("A", "$(A)!"), of("A", "a"));

    assertThat(split.template()).isEmpty();
    assertThat(split.entries()).containsExactly(Map.entry("spark.executorEnv.A", "a"));
  }

  @Test
  void doesNotKnowAVariableThatComesLater() {
    ExecutorEnvironment split =
        split(Map.of(), of("A", "$(SPARK_EXECUTOR_ID)$(LATER)"), of("LATER", "x"));

    assertThat(split.entries())
        .containsExactly(Map.entry("spark.executorEnv.A", "$(SPARK_EXECUTOR_ID)$$(LATER)"));
  }

  @ParameterizedTest
  @CsvSource({
    "SPARK_LOCAL_DIRS, spark.local.dir",
    "SPARK_EXECUTOR_POD_IP, status.podIP",
    "SPARK_EXECUTOR_POD_NAME, metadata.name",
    "SPARK_CLASSPATH, spark.executor.extraClassPath",
    "SPARK_JAVA_OPT_0, spark.executor.extraJavaOptions",
    "_SPARK_AUTH_SECRET, valueFrom.secretKeyRef",
  })
  void refusesWhatSparkSetsLastAndSaysWhatToUse(String name, String instead) {
    Map<String, String> conf =
        Map.of("spark.executor.extraClassPath", "/x", "spark.authenticate", "true");

    ExecutorEnvironment split =
        split(conf, of(name, "secret"), of("MINE", "secret$(" + name + ")"));

    assertThat(split.template()).isEmpty();
    assertThat(split.problems())
        .extracting(Problem::field)
        .containsExactly("spec.executor.env[0].name", "spec.executor.env[1].value");
    assertThat(split.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.expected()).contains(instead);
              assertThat(problem.message()).doesNotContain("secret");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPARK_CLASSPATH", "_SPARK_AUTH_SECRET"})
  void leavesAVariableThatSparkDoesNotSetToTheJob(String name) {
    ExecutorEnvironment split = split(Map.of(), of(name, "x"), of("MINE", "$(" + name + ")"));

    assertThat(split.problems()).isEmpty();
    assertThat(split.template()).hasSize(2);
  }

  @Test
  void refusesAReferenceToASecretOfTheConfiguration() {
    ExecutorEnvironment split =
        split(
            Map.of("spark.kubernetes.executor.secretKeyRef.PASSWORD", "s:k"),
            of("URL", "x:$(PASSWORD)"));

    assertThat(split.problems())
        .extracting(Problem::field, Problem::expected)
        .containsExactly(
            tuple(
                "spec.executor.env[0].value",
                "that variable in executor.env, with valueFrom.secretKeyRef"));
  }

  @Test
  void refusesAnotherSourceForAVariableOfSpark() {
    ExecutorEnvironment split = split(Map.of(), fromNode("SPARK_USER"));

    assertThat(split.problems())
        .extracting(Problem::field)
        .containsExactly("spec.executor.env[0].valueFrom");
  }

  @Test
  void refusesABlankThatSparkWouldCutOff() {
    ExecutorEnvironment split = split(Map.of(), of("A", "$(SPARK_EXECUTOR_ID) "));

    assertThat(split.problems())
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("blank");
  }

  @Test
  void refusesWhatGrowsWithoutEnd() {
    List<EnvVar> env = new ArrayList<>(List.of(of("V0", "$(SPARK_EXECUTOR_ID)")));
    for (int i = 1; i < 60; i++) {
      String before = "$(V" + (i - 1) + ")";
      env.add(of("V" + i, before + before));
    }

    ExecutorEnvironment split = ExecutorEnvironment.of(env, Map.of());

    assertThat(split.problems().get(0).message()).contains("too long");
    assertThat(String.join("", split.entries().values()))
        .hasSizeLessThanOrEqualTo(ExecutorEnvironment.MAX_CHARACTERS);
  }

  private static ExecutorEnvironment split(Map<String, String> conf, EnvVar... env) {
    return ExecutorEnvironment.of(List.of(env), conf);
  }

  private static EnvVar of(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static EnvVar fromNode(String name) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("spec.nodeName")
        .endFieldRef()
        .endValueFrom()
        .build();
  }
}
