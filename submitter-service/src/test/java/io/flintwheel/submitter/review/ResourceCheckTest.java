package io.flintwheel.submitter.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.Requests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes that no driver or executor could start with are told before there is one. */
class ResourceCheckTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          driver.memory, '"0"'
          driver.memory, 0g
          driver.memory, 1023k
          driver.cores, 0
          driver.cores, -1
          executor.memory, '"0"'
          executor.memory, 000m
          executor.memory, 1k
          executor.cores, 0
          executor.cores, -2
          executor.instances, 0
          driver.memory, 65t
          executor.memory, 99999999999g
          """)
  void refusesAFieldByItsName(String field, String value) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiWith(field, value));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec." + field);
              assertThat(problem.message()).isNotBlank();
              assertThat(problem.expected()).contains("at least 1");
            });
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          spark.driver.memory, 0
          spark.driver.memory, -1g
          spark.driver.memory, lots
          spark.driver.memory, 1 g
          spark.driver.cores, 0
          spark.driver.cores, -1
          spark.driver.cores, 1.5
          spark.executor.memory, 0m
          spark.executor.memory, 1k
          spark.executor.memory, 1000000b
          spark.executor.memory, many
          spark.executor.cores, 0
          spark.executor.cores, ''
          spark.executor.instances, -1
          spark.executor.instances, two
          spark.driver.memory, 99999999999g
          spark.driver.memory, 65t
          spark.executor.memory, 1p
          spark.executor.memory, 70368744177665k
          spark.executor.memoryOverhead, 99999999999g
          spark.driver.memoryOverhead, 65t
          spark.executor.pyspark.memory, 65t
          spark.kubernetes.driver.request.cores, 0
          spark.kubernetes.driver.limit.cores, -1
          spark.kubernetes.executor.request.cores, 0m
          spark.kubernetes.executor.limit.cores, 1 core
          """)
  void refusesAKeyOfTheConfigurationWithoutQuotingIt(String key, String value) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiConfigured(key, value));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.sparkConf[" + key + "]");
              assertThat(problem.message()).startsWith("is no ");
              assertThat(problem.expected()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          spark.driver.memory, 512m
          spark.driver.memory, 1024
          spark.driver.memory, 1gb
          spark.driver.memory, 1G
          spark.driver.memory, 1048576k
          spark.driver.cores, 2
          spark.executor.memory, 1024
          spark.executor.memory, 1gb
          spark.executor.memory, 1073741824b
          spark.executor.cores, 4
          spark.executor.instances, 0
          spark.kubernetes.driver.request.cores, 500m
          spark.kubernetes.driver.limit.cores, 1.5
          spark.driver.memory, 64t
          spark.executor.memory, 67108864
          spark.executor.memoryOverhead, 64t
          spark.executor.memoryOverhead, 0
          spark.kubernetes.executor.limit.cores, 1000m
          spark.kubernetes.executor.request.cores, 0.1
          spark.kubernetes.executor.limit.cores, 10
          """)
  void admitsWhatSparkStartsWith(String key, String value) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiConfigured(key, value));

    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "spark.executor.extraJavaOptions, -Dpassword=hunter2 -Xmx5g",
    "spark.executor.defaultJavaOptions, -Dspark.ui.port=1 -Dpassword=hunter2"
  })
  void refusesJavaOptionsWhichSparkWouldQuoteWhenItDies(String key, String value) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiConfigured(key, value));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.sparkConf[" + key + "]");
              assertThat(problem.toString()).doesNotContain("hunter2");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void saysHowMuchMemoryIsTooMuch(String role) {
    List<Problem> problems =
        Reviewers.problems(Requests.sparkPiWith(role + ".memory", "99999999999g"));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains("64 TiB");
              assertThat(problem.expected()).contains("64 TiB");
            });
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          driver,   spark.kubernetes.driver.request.cores, 2,     1500m
          executor, spark.kubernetes.executor.request.cores, 0.5, 100m
          driver,   spark.driver.cores, 2,                        1
          executor, spark.executor.cores, 4,                      3.9
          executor, spark.executor.instances, 1,                  999m
          """)
  void refusesALimitBelowWhatIsRequested(String role, String key, String value, String limit) {
    String limited = "spark.kubernetes." + role + ".limit.cores";

    List<Problem> problems =
        Reviewers.problems(Requests.sparkPiConfigured(Map.of(key, value, limited, limit)));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.sparkConf[" + limited + "]");
              assertThat(problem.message()).contains("less than").contains(role);
              assertThat(problem.expected()).contains(role + ".request.cores");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "spark.kubernetes.executor.request.cores, 500m, 0.5",
    "spark.executor.cores, 2, 2000m"
  })
  void takesALimitOfAsMuchAsIsRequested(String key, String value, String limit) {
    List<Problem> problems =
        Reviewers.problems(
            Requests.sparkPiConfigured(
                Map.of(key, value, "spark.kubernetes.executor.limit.cores", limit)));

    assertThat(problems).isEmpty();
  }
}
