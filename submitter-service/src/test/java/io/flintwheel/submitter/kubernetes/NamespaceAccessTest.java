package io.flintwheel.submitter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.policy.NamespacePolicies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a namespace without a Role for the submitter does to it: it is told, and stops nothing. */
class NamespaceAccessTest {

  private final ClusterRefusalException forbidden =
      FakeCluster.refusal(403, "Forbidden", "pods is forbidden");

  private final FakeCluster cluster = new FakeCluster();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final NamespaceAccess access =
      new NamespaceAccess(
          cluster, NamespacePolicies.of(new TestConfig(Set.of("broken", "fine"))), registry);

  @Test
  void isDownWhileEveryNamespaceHasRefusedSinceTheStart() {
    cluster.refuse("ping", forbidden);

    assertThatThrownBy(access::ask)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "every namespace refuses the submitter:"
                + " broken: pods is forbidden; fine: pods is forbidden");
  }

  @Test
  void isUpAndNamesTheNamespaceThatRefusesFromTheStart() {
    cluster.refuse("ping in broken", forbidden);

    Map<String, String> refusals = access.ask();

    assertThat(refusals).containsExactly(Map.entry("broken", "pods is forbidden"));
  }

  @Test
  void staysUpWhenEveryNamespaceRefusesLater() {
    access.ask();
    cluster.refuse("ping", forbidden);

    Map<String, String> refusals = access.ask();

    assertThat(refusals).containsOnlyKeys("broken", "fine");
  }

  @Test
  void isDownWhenTheApiServerDoesNotAnswerAlthoughItDidBefore() {
    access.ask();
    cluster.refuse("ping", FakeCluster.unavailable());

    assertThatThrownBy(access::ask).isInstanceOf(ClusterUnavailableException.class);
  }

  @Test
  void countsInAMetricWhoRefuses() {
    cluster.refuse("ping in broken", forbidden);

    access.ask();

    assertThat(refused("broken")).isEqualTo(1);
    assertThat(refused("fine")).isZero();
  }

  @Test
  void forgetsARefusalThatIsOver() {
    cluster.refuse("ping in broken", forbidden);
    access.ask();
    cluster.refuseNothing();

    Map<String, String> refusals = access.ask();

    assertThat(refusals).isEmpty();
    assertThat(refused("broken")).isZero();
  }

  private double refused(String namespace) {
    return registry
        .get("flintwheel.submitter.namespace.refused")
        .tag("namespace", namespace)
        .gauge()
        .value();
  }
}
