package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the cluster that the node is there, and again and again that it is well. */
final class NodeRegistration implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
  private static final String LEASES = "kube-node-lease";
  private static final int LEASE_SECONDS = 40;

  private final KubernetesClient client;
  private final String name;
  private final NodeReport report;
  private final Clock clock;
  private boolean well = true;

  NodeRegistration(KubernetesClient client, String name, NodeReport report, Clock clock) {
    this.client = client;
    this.name = name;
    this.report = report;
    this.clock = clock;
  }

  /** Creates the node, or takes over the one that an earlier run has left. */
  void register() {
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("kubernetes.io/hostname", name)
            .addToLabels("kubernetes.io/os", "linux")
            .addToLabels("kubernetes.io/arch", NodeReport.architecture())
            .endMetadata()
            .withStatus(report.at(clock.instant()))
            .build();
    try {
      client.nodes().resource(node).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    beat();
  }

  @Override
  public void run() {
    try {
      beatOrRegister();
      if (!well) {
        LOG.info("Node reports again node={}", name);
      }
      well = true;
    } catch (KubernetesClientException e) {
      if (well) {
        LOG.warn("Node cannot report node={} cause={}", name, e.getMessage());
      }
      well = false;
    }
  }

  /** Takes the node out of the cluster. */
  void withdraw() {
    client.nodes().withName(name).delete();
    client.leases().inNamespace(LEASES).withName(name).delete();
  }

  // Someone deleted the node, or the cluster is a new one: it is told of the node again.
  private void beatOrRegister() {
    try {
      beat();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      register();
    }
  }

  private void beat() {
    String patch =
        client.getKubernetesSerialization().asJson(Map.of("status", report.at(clock.instant())));
    client
        .nodes()
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
    renewLease();
  }

  private void renewLease() {
    ZonedDateTime now = clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    var leases = client.leases().inNamespace(LEASES);
    Lease lease = leases.withName(name).get();
    if (lease == null) {
      Node node = client.nodes().withName(name).get();
      leases
          .resource(
              new LeaseBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withNamespace(LEASES)
                  .addNewOwnerReference()
                  .withApiVersion("v1")
                  .withKind("Node")
                  .withName(name)
                  .withUid(node.getMetadata().getUid())
                  .endOwnerReference()
                  .endMetadata()
                  .withNewSpec()
                  .withHolderIdentity(name)
                  .withLeaseDurationSeconds(LEASE_SECONDS)
                  .withRenewTime(now)
                  .endSpec()
                  .build())
          .create();
      return;
    }
    lease.getSpec().setRenewTime(now);
    leases.resource(lease).update();
  }
}
