package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodVolumesTest {

  @Test
  void knowsTheTokenThatEndsFirst() {
    Pod pod =
        TinyPods.edited(
            TinyPods.shell("node", "pod", "true"),
            spec ->
                spec.addNewVolume()
                    .withName("two")
                    .withNewProjected()
                    .addNewSource()
                    .withNewServiceAccountToken("vault", 600L, "short")
                    .endSource()
                    .addNewSource()
                    .withNewServiceAccountToken("api", null, "hour")
                    .endSource()
                    .endProjected()
                    .endVolume());

    assertThat(PodVolumes.tokenLifetime(pod)).contains(Duration.ofMinutes(10));
  }

  @Test
  void knowsAPodWithoutTokens() {
    Pod pod = new PodBuilder().withNewSpec().endSpec().build();

    assertThat(PodVolumes.tokenLifetime(pod)).isEmpty();
  }
}
