package io.flintwheel.local.apiserver.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.admission.Amount;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a pod asks of a node, or a node has.
 *
 * @param cpuMillis thousandths of a core
 * @param pods one for a pod
 */
record PodRequests(long cpuMillis, long memoryBytes, long pods) {

  static final PodRequests NONE = new PodRequests(0, 0, 0);

  static PodRequests of(StoredObject pod) {
    JsonNode spec = pod.tree().path("spec");
    long cpu = 0;
    long memory = 0;
    for (JsonNode container : spec.path("containers")) {
      JsonNode requests = container.path("resources").path("requests");
      cpu += cpuMillis(requests.path("cpu"));
      memory += bytes(requests.path("memory"));
    }
    for (JsonNode container : spec.path("initContainers")) {
      JsonNode requests = container.path("resources").path("requests");
      cpu = Math.max(cpu, cpuMillis(requests.path("cpu")));
      memory = Math.max(memory, bytes(requests.path("memory")));
    }
    return new PodRequests(cpu, memory, 1);
  }

  static PodRequests allocatable(StoredObject node) {
    JsonNode allocatable = node.tree().path("status").path("allocatable");
    long pods = allocatable.has("pods") ? bytes(allocatable.path("pods")) : 110;
    return new PodRequests(
        cpuMillis(allocatable.path("cpu")), bytes(allocatable.path("memory")), pods);
  }

  /** What the node has at most, no matter what is given away. */
  static PodRequests capacity(StoredObject node) {
    JsonNode capacity = node.tree().path("status").path("capacity");
    return new PodRequests(
        capacity.has("cpu") ? cpuMillis(capacity.path("cpu")) : Long.MAX_VALUE,
        capacity.has("memory") ? bytes(capacity.path("memory")) : Long.MAX_VALUE,
        Long.MAX_VALUE);
  }

  PodRequests least(PodRequests other) {
    return new PodRequests(
        Math.min(cpuMillis, other.cpuMillis),
        Math.min(memoryBytes, other.memoryBytes),
        Math.min(pods, other.pods));
  }

  PodRequests plus(PodRequests other) {
    return new PodRequests(
        cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes, pods + other.pods);
  }

  PodRequests minus(PodRequests other) {
    return new PodRequests(
        cpuMillis - other.cpuMillis, memoryBytes - other.memoryBytes, pods - other.pods);
  }

  /** What is too little here for another, in the scheduler's words; empty when it fits. */
  List<String> lacking(PodRequests wanted) {
    if (wanted.pods() > pods) {
      return List.of("Too many pods");
    }
    boolean cpu = wanted.cpuMillis() > 0 && wanted.cpuMillis() > cpuMillis;
    boolean memory = wanted.memoryBytes() > 0 && wanted.memoryBytes() > memoryBytes;
    if (cpu && memory) {
      return List.of("Insufficient cpu", "Insufficient memory");
    }
    if (cpu) {
      return List.of("Insufficient cpu");
    }
    return memory ? List.of("Insufficient memory") : List.of();
  }

  private static long cpuMillis(JsonNode amount) {
    return amount.isMissingNode()
        ? 0
        : Amount.parse(amount.asText())
            .multiply(BigDecimal.valueOf(1000))
            .setScale(0, RoundingMode.CEILING)
            .longValue();
  }

  private static long bytes(JsonNode amount) {
    return amount.isMissingNode()
        ? 0
        : Amount.parse(amount.asText()).setScale(0, RoundingMode.CEILING).longValue();
  }
}
