package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is special about pods and the accounts they run as. */
class PodContractIT extends ApiContract {

  @Test
  void fillsInWhatNobodySaid() {
    Reply pod = api().post(api().in("/pods"), api().pod("defaults", ""));

    assertThat(pod.text("status", "phase")).isEqualTo("Pending");
    assertThat(pod.text("status", "qosClass")).isEqualTo("BestEffort");
    assertThat(pod.at("metadata", "generation").asInt()).isEqualTo(1);
    assertThat(pod.at("spec", "terminationGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(pod.at("spec", "enableServiceLinks").asBoolean()).isTrue();
    assertThat(pod.text("spec", "dnsPolicy")).isEqualTo("ClusterFirst");
    assertThat(pod.text("spec", "serviceAccountName")).isEqualTo("default");
    assertThat(pod.at("spec", "priority").asInt()).isZero();
    assertThat(pod.text("spec", "preemptionPolicy")).isEqualTo("PreemptLowerPriority");
    assertThat(pod.at("spec", "securityContext").toString()).isEqualTo("{}");
    ObjectNode main = (ObjectNode) pod.at("spec", "containers", "0");
    assertThat(main.path("imagePullPolicy").asText()).isEqualTo("IfNotPresent");
    assertThat(main.path("terminationMessagePolicy").asText()).isEqualTo("File");
    assertThat(main.path("resources").toString()).isEqualTo("{}");
  }

  @Test
  void toleratesALostNodeForAWhile() {
    Reply pod = api().post(api().in("/pods"), api().pod("tolerant", ""));

    assertThat(pod.at("spec", "tolerations").findValuesAsText("key"))
        .containsExactlyInAnyOrder(
            "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    assertThat(pod.at("spec", "tolerations", "0", "tolerationSeconds").asInt()).isPositive();
  }

  @Test
  void mountsATokenOfTheServiceAccount() {
    Reply pod = api().post(api().in("/pods"), api().pod("mounted", ""));

    String volume = pod.text("spec", "volumes", "0", "name");
    assertThat(volume).matches("kube-api-access-[a-z0-9]{5}");
    assertThat(pod.text("spec", "containers", "0", "volumeMounts", "0", "name")).isEqualTo(volume);
    assertThat(pod.text("spec", "containers", "0", "volumeMounts", "0", "mountPath"))
        .isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
    assertThat(pod.at("spec", "volumes", "0", "projected"))
        .isEqualTo(
            RunningApi.json(
                """
                {"defaultMode": 420, "sources": [
                  {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
                  {"configMap": {"name": "kube-root-ca.crt",
                                 "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
                  {"downwardAPI": {"items": [{"path": "namespace", "fieldRef":
                      {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}]}}]}"""));
  }

  @Test
  void mountsNoTokenWhenThePodWantsNone() {
    Reply pod =
        api()
            .post(
                api().in("/pods"),
                api().pod("tokenless", "\"automountServiceAccountToken\": false"));

    assertThat(pod.at("spec").has("volumes")).isFalse();
  }

  @Test
  void refusesAPodOfAnUnknownAccount() {
    Reply reply =
        api().post(api().in("/pods"), api().pod("stranger", "\"serviceAccountName\": \"nobody\""));

    assertFailed(reply, 403, "Forbidden");
    assertThat(reply.text("message"))
        .isEqualTo(
            "pods \"stranger\" is forbidden: error looking up service account "
                + api().namespace()
                + "/nobody: serviceaccount \"nobody\" not found");
  }

  @Test
  void requestsWhatIsLimited() {
    Reply pod =
        api()
            .post(
                api().in("/pods"),
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "limited"},
                 "spec": {"schedulerName": "none", "containers": [{"name": "a", "image": "x",
                   "resources": {"limits": {"cpu": "1", "memory": "1Gi"}}}]}}""");

    assertThat(pod.at("spec", "containers", "0", "resources", "requests"))
        .isEqualTo(RunningApi.json("{\"cpu\":\"1\",\"memory\":\"1Gi\"}"));
    assertThat(pod.text("status", "qosClass")).isEqualTo("Guaranteed");
    assertThat(pod.text("spec", "containers", "0", "imagePullPolicy")).isEqualTo("Always");
  }

  @Test
  void neverChangesWhatAPodRuns() {
    api().post(api().in("/pods"), api().pod("immutable", ""));

    Reply reply =
        api()
            .patch(
                api().in("/pods/immutable"),
                RunningApi.STRATEGIC,
                "{\"spec\":{\"containers\":[{\"name\":\"main\",\"command\":[\"sh\"]}]}}");

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .contains("spec: Forbidden: pod updates may not change fields other than");
  }

  @Test
  void writesTheStatusOnlyThroughItsSubresource() {
    api().post(api().in("/pods"), api().pod("isolated", ""));

    Reply main =
        api()
            .patch(
                api().in("/pods/isolated"),
                RunningApi.MERGE,
                "{\"status\":{\"phase\":\"Running\"}}");
    Reply status =
        api()
            .patch(
                api().in("/pods/isolated/status"),
                RunningApi.MERGE,
                "{\"status\":{\"phase\":\"Running\"},\"spec\":{\"restartPolicy\":\"Always\"}}");

    assertThat(main.text("status", "phase")).isEqualTo("Pending");
    assertThat(status.text("status", "phase")).isEqualTo("Running");
    assertThat(status.text("spec", "restartPolicy")).isEqualTo("Never");
    assertThat(status.at("metadata", "generation").asInt()).isEqualTo(1);
  }

  @Test
  void givesAPodToANodeOnce() {
    api().post(api().in("/pods"), api().pod("bound", ""));
    String binding =
        """
        {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "bound"},
         "target": {"apiVersion": "v1", "kind": "Node", "name": "contract-node"}}""";

    Reply first = api().post(api().in("/pods/bound/binding"), binding);
    Reply second = api().post(api().in("/pods/bound/binding"), binding);

    assertThat(first.status()).isEqualTo(201);
    assertFailed(second, 409, "Conflict");
    Reply pod = api().get(api().in("/pods/bound"));
    assertThat(pod.text("spec", "nodeName")).isEqualTo("contract-node");
    assertThat(pod.text("status", "conditions", "0", "type")).isEqualTo("PodScheduled");
    assertThat(pod.text("status", "conditions", "0", "status")).isEqualTo("True");
    api().delete(api().in("/pods/bound?gracePeriodSeconds=0"));
  }

  @Test
  void saysWhyAPodCannotBeScheduled() {
    api()
        .post(
            api().in("/pods"),
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "nowhere"},
             "spec": {"nodeSelector": {"contract": "nowhere"},
                      "containers": [{"name": "a", "image": "x"}]}}""");

    await()
        .untilAsserted(
            () -> {
              Reply pod = api().get(api().in("/pods/nowhere"));
              assertThat(pod.text("status", "conditions", "0", "type")).isEqualTo("PodScheduled");
              assertThat(pod.text("status", "conditions", "0", "status")).isEqualTo("False");
              assertThat(pod.text("status", "conditions", "0", "reason"))
                  .isEqualTo("Unschedulable");
              assertThat(pod.text("status", "conditions", "0", "message")).contains("nodes");
              assertThat(pod.at("status", "conditions", "0", "observedGeneration").asLong())
                  .isEqualTo(1);
            });
    await()
        .untilAsserted(
            () ->
                assertThat(
                        api()
                            .get(
                                api()
                                    .in(
                                        "/events?fieldSelector=involvedObject.name%3Dnowhere,"
                                            + "reason%3DFailedScheduling"))
                            .at("items")
                            .size())
                    .isPositive());
  }

  @Test
  void issuesATokenThatEndsWithItsPod() {
    String uid = api().post(api().in("/pods"), api().pod("bearer", "")).text("metadata", "uid");
    Reply issued =
        api()
            .post(
                api().in("/serviceaccounts/default/token"),
                """
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
                 "spec": {"expirationSeconds": 3600, "boundObjectRef":
                   {"apiVersion": "v1", "kind": "Pod", "name": "bearer", "uid": "%s"}}}"""
                    .formatted(uid));
    String token = issued.text("status", "token");
    int known = api().getAs(token, "/api").status();

    api().delete(api().in("/pods/bearer"));

    assertThat(issued.status()).isEqualTo(201);
    assertThat(known).isEqualTo(200);
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8))
        .contains("system:serviceaccount:" + api().namespace() + ":default")
        .contains(uid);
    await().until(() -> api().getAs(token, "/api").status() == 401);
  }

  @Test
  void refusesATokenForAPodThatIsNotThere() {
    Reply reply =
        api()
            .post(
                api().in("/serviceaccounts/default/token"),
                """
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
                 "spec": {"boundObjectRef":
                   {"apiVersion": "v1", "kind": "Pod", "name": "absent"}}}""");

    assertFailed(reply, 404, "NotFound");
  }

  @Test
  void refusesTheLogOfAContainerThatDoesNotExist() {
    api().post(api().in("/pods"), api().pod("logless", "\"nodeName\": \"contract-node\""));

    Reply reply = api().get(api().in("/pods/logless/log?container=other"));

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message")).isEqualTo("container other is not valid for pod logless");
    api().delete(api().in("/pods/logless?gracePeriodSeconds=0"));
  }

  @Test
  void showsPodsAsRows() {
    api().post(api().in("/pods"), api().pod("row", ""));

    Reply table =
        api()
            .getAccepting(
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
                api().in("/pods?fieldSelector=metadata.name%3Drow"));

    assertThat(table.text("kind")).isEqualTo("Table");
    assertThat(table.at("columnDefinitions").findValuesAsText("name"))
        .containsExactly(
            "Name",
            "Ready",
            "Status",
            "Restarts",
            "Age",
            "IP",
            "Node",
            "Nominated Node",
            "Readiness Gates");
    assertThat(table.text("rows", "0", "cells", "0")).isEqualTo("row");
    assertThat(table.text("rows", "0", "cells", "1")).isEqualTo("0/1");
    assertThat(table.text("rows", "0", "cells", "2")).isEqualTo("Pending");
    assertThat(table.text("rows", "0", "object", "kind")).isEqualTo("PartialObjectMetadata");
  }

  @Test
  void showsWhatTheFirstContainerTellsOfAPodWithSeveral() {
    api()
        .post(
            api().in("/pods"),
            api()
                .pod("several", "")
                .replace(
                    "{\"name\": \"main\"",
                    "{\"name\": \"other\", \"image\": \"busybox:1.36\"}, {\"name\": \"main\""));
    api()
        .patch(
            api().in("/pods/several/status"),
            RunningApi.MERGE,
            "{\"status\": {\"phase\": \"Failed\", \"containerStatuses\": ["
                + ended("other", "Error", 3)
                + ", "
                + ended("main", "Completed", 0)
                + "]}}");

    Reply table =
        api()
            .getAccepting(
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
                api().in("/pods?fieldSelector=metadata.name%3Dseveral"));

    assertThat(table.text("rows", "0", "cells", "2")).isEqualTo("Error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "conditions": [{"type": "Ready", "status": "True"}], COMPLETED_AND_RUNNING | Running
          "conditions": [{"type": "Ready", "status": "False"}], COMPLETED_AND_RUNNING | NotReady
          "conditions": [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}] | SchedulingGated
          "initContainerStatuses": [INIT "state": {"running": {}}}] | Init:0/1
          "initContainerStatuses": [INIT "state": {"waiting": {"reason": "PodInitializing"}}}] | Init:0/1
          "initContainerStatuses": [INIT "state": {"waiting": {"reason": "ErrImagePull"}}}] | Init:ErrImagePull
          "initContainerStatuses": [INIT "state": {"terminated": {"reason": "Error", "exitCode": 1}}}] | Init:Error
          "initContainerStatuses": [INIT "state": {"terminated": {"exitCode": 3}}}] | Init:ExitCode:3
          "initContainerStatuses": [INIT "state": {"terminated": {"exitCode": 0}}}] | Running
          """)
  void showsHowFarAPodIs(String status, String shown) {
    String name = "far-" + Integer.toHexString(status.hashCode());
    String one = "{\"image\": \"x\", \"imageID\": \"\", \"restartCount\": 0, ";
    api()
        .post(
            api().in("/pods"),
            api()
                .pod(name, "\"initContainers\": [{\"name\": \"i\", \"image\": \"x\"}]")
                .replace(
                    "{\"name\": \"main\"",
                    "{\"name\": \"other\", \"image\": \"x\"}, {\"name\": \"main\""));
    api()
        .patch(
            api().in("/pods/" + name + "/status"),
            RunningApi.MERGE,
            "{\"status\": {\"phase\": \"Running\", %s}}"
                .formatted(
                    status
                        .replace("INIT", one + "\"name\": \"i\", \"ready\": false,")
                        .replace(
                            "COMPLETED_AND_RUNNING",
                            "\"containerStatuses\": ["
                                + ended("other", "Completed", 0)
                                + ", "
                                + one
                                + "\"name\": \"main\", \"ready\": true, \"state\": {\"running\":"
                                + " {}}}]")));

    Reply table =
        api()
            .getAccepting(
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
                api().in("/pods?fieldSelector=metadata.name%3D" + name));

    assertThat(table.text("rows", "0", "cells", "2")).isEqualTo(shown);
  }

  private static String ended(String container, String reason, int exitCode) {
    return """
        {"name": "%s", "image": "busybox:1.36", "imageID": "", "ready": false, "restartCount": 0,
         "state": {"terminated": {"reason": "%s", "exitCode": %d}}}"""
        .formatted(container, reason, exitCode);
  }
}
