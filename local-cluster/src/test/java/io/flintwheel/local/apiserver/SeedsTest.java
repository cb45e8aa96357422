package io.flintwheel.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.local.apiserver.controller.Namespaces;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

  private final EmptyCluster cluster =
      new EmptyCluster(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  @BeforeEach
  void plant() {
    Seeds.plant(cluster.objects(), new Namespaces(cluster.objects(), cluster::later, "PEM"));
    cluster.settle();
  }

  @Test
  void makesTheNamespacesOfEveryClusterAndOurs() {
    assertThat(names(ResourceTypes.NAMESPACES, ""))
        .containsExactlyInAnyOrder(
            "default", "kube-system", "kube-public", "kube-node-lease", "flintwheel");
  }

  @Test
  void makesTheAccountsThatManifestsName() {
    assertThat(names(ResourceTypes.SERVICE_ACCOUNTS, "default"))
        .containsExactlyInAnyOrder("default", "spark", "spark-operator-spark");
    assertThat(names(ResourceTypes.SERVICE_ACCOUNTS, "kube-system")).containsExactly("default");
  }

  @Test
  void givesDriversTheRoleOfTheManifestsAndNoMore() {
    assertThat(names(ResourceTypes.ROLES, "default")).hasSize(1);
    assertThat(names(ResourceTypes.ROLE_BINDINGS, "default")).isNotEmpty();
    assertThat(cluster.objects().store().list(ResourceTypes.CLUSTER_ROLE_BINDINGS, null)).isEmpty();
  }

  @Test
  void furnishesEveryNamespaceWithTheAuthority() {
    for (String namespace : names(ResourceTypes.NAMESPACES, "")) {
      assertThat(names(ResourceTypes.CONFIG_MAPS, namespace)).containsExactly("kube-root-ca.crt");
    }
  }

  @Test
  void hasTheServiceOfTheApiItself() {
    assertThat(names(ResourceTypes.SERVICES, "default")).containsExactly("kubernetes");
  }

  private List<String> names(ResourceType type, String namespace) {
    return cluster.objects().store().list(type, namespace.isEmpty() ? null : namespace).stream()
        .map(object -> object.key().name())
        .toList();
  }
}
