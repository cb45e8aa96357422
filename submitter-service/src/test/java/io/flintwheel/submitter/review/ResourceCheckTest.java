package io.flintwheel.submitter.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.Requests;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
