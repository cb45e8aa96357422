package io.flintwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class KubernetesTestResourceIT {

  @Test
  void givesAnAdministratorsClientOfTheClusterThatWasChosen() {
    KubernetesClient client = KubernetesTestResource.client();

    var namespace = client.namespaces().withName("default").get();

    assertThat(namespace).isNotNull();
    assertThat(System.getProperty("flintwheel.test.cluster", "local").equals("cluster"))
        .isEqualTo(KubernetesTestResource.isCluster());
  }
}
