package io.flintwheel.local.apiserver.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.EmptyCluster;
import io.flintwheel.local.apiserver.object.PodBinding;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectKey;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are a real scheduler's, of Kubernetes 1.35, about the same pods and nodes. */
class SchedulerTest {

  private final EmptyCluster cluster =
      new EmptyCluster(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  private final ObjectStore store = cluster.objects().store();

  @BeforeEach
  void start() {
    new Scheduler(
        cluster.objects(),
        new PodBinding(store, cluster.clock()),
        new EventRecorder(cluster.objects(), cluster.clock()),
        cluster::later,
        cluster.clock());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2    | 0   |                                                               | 1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable
          100m | 2Gi |                                                               | 1 Insufficient memory, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable
          2    | 2Gi |                                                               | 1 Insufficient cpu, 1 Insufficient memory, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable
          100m | 0   | , "nodeSelector": {"disk": "ssd"}                             | 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable
          2    | 0   | , "tolerations": [{"key": "dedicated", "operator": "Exists"}] | 1 node(s) were unschedulable, 2 Insufficient cpu
          """)
  void saysWhyNoNodeWillDo(String cpu, String memory, @Nullable String more, String reasons) {
    threeNodes();

    pod("homeless", cpu, memory, more == null ? "" : more);

    assertThat(node("homeless")).isEmpty();
    assertThat(message("homeless"))
        .isEqualTo(
            "0/3 nodes are available: "
                + reasons
                + ". no new claims to deallocate, preemption: 0/3 nodes are available: 3"
                + " Preemption is not helpful for scheduling.");
  }

  @Test
  void bindsToTheNodeThatHasRoom() {
    threeNodes();

    pod("fits", "500m", "0", "");

    assertThat(node("fits")).isEqualTo("small");
  }

  @Test
  void bindsToATaintedNodeWhenThePodTolerates() {
    threeNodes();

    pod(
        "named",
        "500m",
        "0",
        ", \"nodeSelector\": {\"kubernetes.io/hostname\": \"tainted\"},"
            + " \"tolerations\": [{\"key\": \"dedicated\", \"operator\": \"Exists\"}]");

    assertThat(node("named")).isEqualTo("tainted");
  }

  @Test
  void countsWhatBoundPodsTakeUntilTheyEnd() {
    node("only", "{}");
    pod("first", "700m", "0", "");
    pod("second", "700m", "0", "");
    String before = node("second");

    end("first");

    assertThat(before).isEmpty();
    assertThat(node("second")).isEqualTo("only");
  }

  @ParameterizedTest
  @CsvSource({"2, 0, Insufficient cpu", "100m, 2Gi, Insufficient memory"})
  void bindsNoPodThatIsLargerThanANodeThatGivesMoreThanItHas(
      String cpu, String memory, String reason) {
    generousNode("generous");

    pod("giant", cpu, memory, "");
    pod("first", "900m", "1Gi", "");
    pod("second", "900m", "1Gi", "");

    assertThat(message("giant")).startsWith("0/1 nodes are available: 1 " + reason + ".");
    assertThat(node("first")).isEqualTo("generous");
    assertThat(node("second")).isEqualTo("generous");
  }

  @Test
  void bindsWaitingPodsWhenANodeComes() {
    pod("early", "500m", "0", "");
    String told = message("early");

    node("late", "{}");

    assertThat(told).isEqualTo("no nodes available to schedule pods");
    assertThat(node("early")).isEqualTo("late");
  }

  @Test
  void leavesPodsOfOtherSchedulersAlone() {
    node("only", "{}");

    put(ResourceTypes.PODS, "default", "foreign", podJson("foreign", "volcano", "1m", "0", ""));

    assertThat(node("foreign")).isEmpty();
    assertThat(message("foreign")).isEmpty();
  }

  private void threeNodes() {
    node("small", "{}");
    node(
        "tainted",
        "{\"taints\": [{\"key\": \"dedicated\", \"value\": \"x\", \"effect\": \"NoSchedule\"}]}");
    node("closed", "{\"unschedulable\": true}");
  }

  private void node(String name, String spec) {
    node(name, spec, "\"allocatable\": {\"cpu\": \"1\", \"memory\": \"1Gi\", \"pods\": \"5\"}");
  }

  private void generousNode(String name) {
    node(
        name,
        "{}",
        """
        "capacity": {"cpu": "1", "memory": "1Gi", "pods": "5"},
        "allocatable": {"cpu": "2000", "memory": "8Ti", "pods": "5"}""");
  }

  private void node(String name, String spec, String size) {
    put(
        ResourceTypes.NODES,
        "",
        name,
        """
        {"apiVersion": "v1", "kind": "Node",
         "metadata": {"name": "%1$s", "labels": {"kubernetes.io/hostname": "%1$s"}}, "spec": %2$s,
         "status": {%3$s, "conditions": [{"type": "Ready", "status": "True"}]}}"""
            .formatted(name, spec, size));
  }

  private void pod(String name, String cpu, String memory, String more) {
    put(ResourceTypes.PODS, "default", name, podJson(name, "default-scheduler", cpu, memory, more));
  }

  private static String podJson(
      String name, String scheduler, String cpu, String memory, String more) {
    return """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "%1$s", "namespace": "default", "uid": "uid-%1$s"},
         "spec": {"schedulerName": "%2$s",
                  "containers": [{"name": "main", "image": "any",
                  "resources": {"requests": {"cpu": "%3$s", "memory": "%4$s"}}}]%5$s},
         "status": {"phase": "Pending"}}"""
        .formatted(name, scheduler, cpu, memory, more);
  }

  private void put(ResourceType type, String namespace, String name, String json) {
    try {
      ObjectNode object = (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));
      store.put(type, new ObjectKey(namespace, name), object);
      cluster.settle();
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  private void end(String pod) {
    StoredObject running = get(pod);
    ObjectNode ended = running.copy();
    Json.objectAt(ended, "status").put("phase", "Succeeded");
    store.put(running.type(), running.key(), ended);
    cluster.settle();
  }

  private StoredObject get(String pod) {
    return store.find(ResourceTypes.PODS, "default", pod).orElseThrow();
  }

  private String node(String pod) {
    return Json.textOrEmpty(get(pod).tree(), "spec", "nodeName");
  }

  private String message(String pod) {
    return Json.objects(get(pod).tree(), "status", "conditions").stream()
        .filter(condition -> "PodScheduled".equals(Json.text(condition, "type")))
        .map(condition -> Json.textOrEmpty(condition, "message"))
        .findFirst()
        .orElse("");
  }
}
