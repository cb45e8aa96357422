package io.flintwheel.submitter.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of Kubernetes that are written as keys of Spark's configuration. */
class ConfKeyCheckTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark.kubernetes.driver.label.a b | x
          spark.kubernetes.driver.label. | x
          spark.kubernetes.driver.label.-a | x
          spark.kubernetes.driver.label.a/b/c | x
          spark.kubernetes.driver.label.Domain/a | x
          spark.kubernetes.driver.label.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | x
          spark.kubernetes.driver.label.team | two words
          spark.kubernetes.executor.label.a:b | x
          spark.kubernetes.executor.label.team | -x
          spark.kubernetes.driver.service.label.a b | x
          spark.kubernetes.driver.annotation.a b | x
          spark.kubernetes.executor.annotation./a | x
          spark.kubernetes.driver.service.annotation.a,b | x
          spark.kubernetes.executor.volumes.persistentVolumeClaim.d.annotation./a | x
          spark.kubernetes.executor.volumes.persistentVolumeClaim.d.label.a | -x
          spark.kubernetes.executor.decommissionLabel | a b
          spark.kubernetes.executor.decommmissionLabel | ''
          spark.kubernetes.executor.decommissionLabelValue | two words
          spark.kubernetes.node.selector.a b | x
          spark.kubernetes.driver.node.selector.disk | s s d
          spark.kubernetes.executor.node.selector.a= | x
          spark.kubernetes.driverEnv.A B | x
          spark.kubernetes.driverEnv.1A | x
          spark.kubernetes.driverEnv.A=B | x
          spark.executorEnv.A B | x
          spark.executorEnv. | x
          spark.kubernetes.driver.secretKeyRef.A B | s:k
          spark.kubernetes.executor.secretKeyRef.A | s
          """)
  void refusesABadOneWithItsKeyAndWithoutItsValue(String key, String value) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiConfigured(key, value));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.sparkConf[" + key + "]");
              assertThat(problem.message())
                  .containsAnyOf("does not end", "has no", "is no", "is not");
              assertThat(problem.expected()).isNotBlank();
            });
  }

  @Test
  void refusesASecretReferenceWithTooManyParts() {
    List<Problem> problems =
        Reviewers.problems(
            Requests.sparkPiConfigured("spark.kubernetes.driver.secretKeyRef.A", "a:b:c"));

    assertThat(problems).singleElement().extracting(Problem::message).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark.kubernetes.driver.label.team | billing
          spark.kubernetes.driver.label.example.com/team | ''
          spark.kubernetes.executor.label.app | {{APP_ID}}
          spark.kubernetes.executor.label.n | x-{{EXECUTOR_ID}}
          spark.kubernetes.driver.annotation.prometheus.io/scrape | any text, even "this"
          spark.kubernetes.driver.annotation.Example.com/Scrape | x
          spark.kubernetes.executor.decommissionLabel | example.com/leaves
          spark.kubernetes.executor.decommissionLabelValue | 'yes'
          spark.kubernetes.node.selector.kubernetes.io/os | linux
          spark.kubernetes.driverEnv.A_b-c.d | any text
          spark.executorEnv._A | x
          spark.kubernetes.driver.secretKeyRef.PASSWORD | secret:key
          """)
  void admitsWhatKubernetesTakes(String key, String value) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiConfigured(key, value));

    assertThat(problems).isEmpty();
  }
}
