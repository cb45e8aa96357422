package io.flintwheel.events.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.SampleEvents;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Our own code cannot make a request that a reader would refuse. */
class JobRequestedTest {

  private static final JobId JOB = new JobId("pi");

  @Test
  void refusesANamespaceThatKubernetesWould() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobRequested.of(JOB, "A B", SampleEvents.sparkPi()))
        .withMessageContaining("namespace must be");
  }

  @Test
  void refusesLabelsOfFlintwheelAndSpark() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labelled(JobLabels.JOB_ID))
        .withMessageContaining(JobLabels.JOB_ID);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labelled("spark-role"))
        .withMessageContaining("spark-role");
  }

  @Test
  void refusesAResourceNameThatCouldBeAnotherJobsDriver() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new JobRequested(
                    JOB, "default", Map.of(), 1, "pi-r2", null, SampleEvents.sparkPi()));
  }

  @Test
  void rulesNamePathsUnderTheirParent() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("namespace", "A");

    assertThat(JobRequestRules.problems(request, ""))
        .extracting(Problem::field)
        .containsExactly("namespace", "spec");
    assertThat(JobRequestRules.problems(request, "job"))
        .extracting(Problem::field)
        .containsExactly("job.namespace", "job.spec");
  }

  @Test
  void specsThatMeanTheSameHaveTheSameDigest() {
    ObjectNode one = JsonNodeFactory.instance.objectNode().put("a", 1).put("b", 2);
    ObjectNode other = JsonNodeFactory.instance.objectNode().put("b", 2).put("a", 1);

    assertThat(JobSpec.of(one).digest()).isEqualTo(JobSpec.of(other).digest());
    assertThat(JobSpec.of(one)).isEqualTo(JobSpec.of(other));
  }

  @Test
  void neverShowsASpecification() {
    assertThat(SampleEvents.sparkPi().toString()).doesNotContain("SparkPi");
  }

  private static JobRequested labelled(String key) {
    return new JobRequested(
        JOB, "default", Map.of(key, "x"), 1, null, null, SampleEvents.sparkPi());
  }
}
