package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a node says of itself.
 *
 * @param kubelet where this node's own API listens
 * @param capacity the most that one pod may request
 * @param allocatable what the scheduler may give away to all pods together
 * @param since when the node came up
 */
record NodeReport(
    InetSocketAddress kubelet,
    Map<String, Quantity> capacity,
    Map<String, Quantity> allocatable,
    Instant since) {

  NodeReport {
    capacity = Map.copyOf(capacity);
    allocatable = Map.copyOf(allocatable);
  }

  NodeStatus at(Instant now) {
    return new NodeStatusBuilder()
        .withCapacity(capacity)
        .withAllocatable(allocatable)
        // InternalIP alone: the API server would try a host name first.
        .addNewAddress(kubelet.getAddress().getHostAddress(), "InternalIP")
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(kubelet.getPort())
        .endDaemonEndpoints()
        .withConditions(conditions(now))
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

  private List<NodeCondition> conditions(Instant now) {
    return List.of(
        condition("MemoryPressure", "False", "KubeletHasSufficientMemory", now),
        condition("DiskPressure", "False", "KubeletHasNoDiskPressure", now),
        condition("PIDPressure", "False", "KubeletHasSufficientPID", now),
        condition("Ready", "True", "KubeletReady", now));
  }

  private NodeCondition condition(String type, String status, String reason, Instant now) {
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("the process node is up")
        .withLastHeartbeatTime(Timestamps.format(now))
        .withLastTransitionTime(Timestamps.format(since))
        .build();
  }

  static String architecture() {
    String machine = System.getProperty("os.arch");
    return machine.equals("aarch64") ? "arm64" : machine;
  }
}
