package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which empty values are stored, and which count as never set. */
class ZerosContractIT extends ApiContract {

  /** The container as clients that write every field send it, Spark among them. */
  private static final String CONTAINER =
      """
      {"name": "main", "image": "busybox:1.36", "imagePullPolicy": "", "command": [], "args": [],
       "workingDir": "", "stdin": false, "tty": false, "terminationMessagePath": "",
       "env": [{"name": "EMPTY", "value": ""}], "envFrom": [],
       "ports": [{"name": "", "containerPort": 80, "hostPort": 0, "hostIP": "", "protocol": ""}],
       "resources": {"limits": {}, "requests": {}},
       "securityContext": {"runAsUser": 0, "readOnlyRootFilesystem": false, "privileged": false},
       "volumeMounts": [{"name": "scratch", "mountPath": "/scratch", "readOnly": false,
                         "subPath": "", "subPathExpr": ""}],
       "livenessProbe": {"tcpSocket": {"port": 80, "host": ""}, "initialDelaySeconds": 0,
                         "periodSeconds": 0}}""";

  private static final String STORED_CONTAINER =
      """
      {"name": "main", "image": "busybox:1.36", "imagePullPolicy": "IfNotPresent",
       "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
       "env": [{"name": "EMPTY"}], "ports": [{"containerPort": 80, "protocol": "TCP"}],
       "resources": {},
       "securityContext": {"runAsUser": 0, "readOnlyRootFilesystem": false, "privileged": false},
       "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}],
       "livenessProbe": {"tcpSocket": {"port": 80}, "timeoutSeconds": 1, "periodSeconds": 10,
                         "successThreshold": 1, "failureThreshold": 3}}""";

  private static String pod(String name) {
    return """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "%s", "generateName": "", "labels": {"empty": ""}, "annotations": {},
                      "finalizers": [], "ownerReferences": []},
         "spec": {"schedulerName": "none", "nodeName": "", "hostNetwork": false, "hostname": "",
                  "nodeSelector": {}, "imagePullSecrets": [], "initContainers": [],
                  "automountServiceAccountToken": false, "terminationGracePeriodSeconds": 0,
                  "enableServiceLinks": false, "securityContext": {"runAsUser": 0, "sysctls": []},
                  "affinity": {}, "containers": [%s],
                  "volumes": [{"name": "scratch", "emptyDir": {"medium": ""}},
                              {"name": "host", "hostPath": {"path": "/tmp", "type": ""}},
                              {"name": "login", "secret": {"secretName": "x", "optional": false,
                                                           "items": []}}]}}"""
        .formatted(name, CONTAINER);
  }

  @Test
  void storesOnlyWhatWasSetOfAPod() {
    Reply reply = api().post(api().in("/pods"), pod("zeros"));

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
    assertThat(reply.at("spec", "containers", "0")).isEqualTo(RunningApi.json(STORED_CONTAINER));
    assertThat(reply.at("spec", "volumes"))
        .isEqualTo(
            RunningApi.json(
                """
                [{"name": "scratch", "emptyDir": {}},
                 {"name": "host", "hostPath": {"path": "/tmp", "type": ""}},
                 {"name": "login", "secret": {"secretName": "x", "optional": false,
                                              "defaultMode": 420}}]"""));
    assertThat(reply.at("spec").has("nodeName")).isFalse();
    assertThat(reply.at("spec").fieldNames())
        .toIterable()
        .contains("automountServiceAccountToken", "affinity", "enableServiceLinks")
        .doesNotContain(
            "hostNetwork", "hostname", "nodeSelector", "imagePullSecrets", "initContainers");
    assertThat(reply.at("spec", "terminationGracePeriodSeconds").asInt(-1)).isZero();
    assertThat(reply.at("spec", "securityContext"))
        .isEqualTo(RunningApi.json("{\"runAsUser\": 0}"));
    assertThat(reply.at("metadata", "labels")).isEqualTo(RunningApi.json("{\"empty\": \"\"}"));
    assertThat(reply.at("metadata").fieldNames())
        .toIterable()
        .doesNotContain("generateName", "annotations", "finalizers", "ownerReferences");
    assertThat(reply.at("metadata", "managedFields").toString())
        .contains("f:mountPath")
        .doesNotContain("subPath", "f:args", "f:stdin\"");
  }

  @Test
  void storesOnlyWhatWasSetOfAService() {
    Reply reply =
        api()
            .post(
                api().in("/services"),
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "zeros"},
                 "spec": {"externalName": "", "externalIPs": [], "loadBalancerIP": "",
                          "clusterIP": "None", "clusterIPs": [], "ipFamilies": [], "type": "",
                          "publishNotReadyAddresses": false, "sessionAffinity": "",
                          "selector": {"app": ""},
                          "ports": [{"name": "", "port": 80, "targetPort": "", "nodePort": 0,
                                     "protocol": ""}]}}""");

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
    assertThat(reply.at("spec"))
        .isEqualTo(
            RunningApi.json(
                """
                {"clusterIP": "None", "clusterIPs": ["None"], "ipFamilies": ["IPv4"],
                 "ipFamilyPolicy": "SingleStack", "internalTrafficPolicy": "Cluster",
                 "type": "ClusterIP", "sessionAffinity": "None", "selector": {"app": ""},
                 "ports": [{"port": 80, "targetPort": 80, "protocol": "TCP"}]}"""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          configmaps | "data": {"a": "", "b": null}, "binaryData": {}, "immutable": false | {"data": {"a": "", "b": ""}, "immutable": false}
          configmaps | "data": {} | {}
          secrets | "data": {"a": ""}, "stringData": {}, "type": "" | {"data": {"a": ""}, "type": "Opaque"}
          serviceaccounts | "secrets": [], "imagePullSecrets": [], "automountServiceAccountToken": false | {"automountServiceAccountToken": false}
          persistentvolumeclaims | "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "", "volumeName": "", "volumeMode": "Filesystem", "selector": {"matchLabels": {}}, "resources": {"limits": {}, "requests": {"storage": "1Gi"}}} | {"spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "", "volumeMode": "Filesystem", "selector": {}, "resources": {"requests": {"storage": "1Gi"}}}, "status": {"phase": "Pending"}}
          """)
  void storesOnlyWhatWasSetOfOtherObjects(String type, String sent, String stored) {
    Reply reply =
        api()
            .post(api().in("/" + type), "{\"metadata\": {\"generateName\": \"z-\"}, " + sent + "}");

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
    ObjectNode content = reply.body().deepCopy();
    content.remove(List.of("metadata", "apiVersion", "kind"));
    assertThat((JsonNode) content).isEqualTo(RunningApi.json(stored));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          application/merge-patch+json | {"spec": {"hostname": "", "nodeSelector": {}}, "metadata": {"annotations": {}}}
          application/strategic-merge-patch+json | {"spec": {"containers": [{"name": "main", "args": [], "stdin": false}]}}
          application/json-patch+json | [{"op": "add", "path": "/spec/containers/0/workingDir", "value": ""}]
          """)
  void takesAPatchOfZerosForNoChange(String kind, String patch) {
    String name = "patched-" + Integer.toHexString(kind.hashCode());
    Reply before = api().post(api().in("/pods"), api().pod(name, ""));

    Reply reply = api().patch(api().in("/pods/" + name), kind, patch);

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(before.body());
  }

  @Test
  void takesAnUpdateThatAddsZerosForNoChange() {
    Reply before = api().post(api().in("/pods"), api().pod("updated", ""));
    var next = before.body().deepCopy();
    ((ObjectNode) next.path("spec").path("containers").get(0))
        .put("workingDir", "")
        .putArray("args");

    Reply reply = api().put(api().in("/pods/updated"), next);

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(before.body());
  }

  @Test
  void remembersWhoAppliedAZeroThatIsNotStored() {
    String pod = pod("applied").replace(", \"protocol\": \"\"", "");

    Reply reply = api().patch(api().in("/pods/applied?fieldManager=us"), RunningApi.APPLY, pod);
    Reply again = api().patch(api().in("/pods/applied?fieldManager=us"), RunningApi.APPLY, pod);

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
    assertThat(reply.at("spec", "containers", "0")).isEqualTo(RunningApi.json(STORED_CONTAINER));
    assertThat(reply.at("metadata", "managedFields").toString()).contains("f:subPathExpr");
    assertThat(again.body()).isEqualTo(reply.body());
  }
}
