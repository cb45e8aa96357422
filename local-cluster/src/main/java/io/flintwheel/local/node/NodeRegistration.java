package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
  private final InetSocketAddress kubelet;
  private final Map<String, Quantity> capacity;
  private final Clock clock;
  private final Instant since;
  private boolean well = true;

  /**
   * @param kubelet where this node's own API listens
   */
  NodeRegistration(
      KubernetesClient client,
      String name,
      InetSocketAddress kubelet,
      Map<String, Quantity> capacity,
      Clock clock) {
    this.client = client;
    this.name = name;
    this.kubelet = kubelet;
    this.capacity = Map.copyOf(capacity);
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Creates the node, or takes over the one that an earlier run has left. */
  void register() {
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("kubernetes.io/hostname", name)
            .addToLabels("kubernetes.io/os", "linux")
            .addToLabels("kubernetes.io/arch", architecture())
            .endMetadata()
            .withStatus(status())
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
    String patch = client.getKubernetesSerialization().asJson(Map.of("status", status()));
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

  private NodeStatus status() {
    return new NodeStatusBuilder()
        .withCapacity(capacity)
        .withAllocatable(capacity)
        // InternalIP alone: the API server would try a host name first.
        .addNewAddress(kubelet.getAddress().getHostAddress(), "InternalIP")
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(kubelet.getPort())
        .endDaemonEndpoints()
        .withConditions(conditions())
        .withNewNodeInfo()
        .withArchitecture(architecture())
        .withOperatingSystem("linux")
        .withKernelVersion(System.getProperty("os.version"))
        .withOsImage("processes of this machine")
        .withContainerRuntimeVersion("process://1")
        .withKubeletVersion("v1.35.0-flintwheel")
        .withKubeProxyVersion("")
        .withMachineID("")
        .withSystemUUID("")
        .withBootID("")
        .endNodeInfo()
        .build();
  }

  private List<NodeCondition> conditions() {
    return List.of(
        condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
        condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
        condition("PIDPressure", "False", "KubeletHasSufficientPID"),
        condition("Ready", "True", "KubeletReady"));
  }

  private NodeCondition condition(String type, String status, String reason) {
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("the process node is up")
        .withLastHeartbeatTime(Timestamps.format(clock.instant()))
        .withLastTransitionTime(Timestamps.format(since))
        .build();
  }

  private static String architecture() {
    String machine = System.getProperty("os.arch");
    return machine.equals("aarch64") ? "arm64" : machine;
  }
}
