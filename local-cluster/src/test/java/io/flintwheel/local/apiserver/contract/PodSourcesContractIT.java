package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API refuses of a pod's variables, volumes, resources and host. */
class PodSourcesContractIT extends ApiContract {

  private static final String NOT_SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | Invalid env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`
          {"fieldRef": {}} | Required env[0].valueFrom.fieldRef.fieldPath: Required value
          {"fieldRef": {"fieldPath": "metadata.foo"}} | Invalid env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.foo": error converting fieldPath: field label not supported: metadata.foo
          {"fieldRef": {"fieldPath": "spec.foo['a']"}} | Invalid env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.foo['a']": error converting fieldPath: field label does not support subscript: spec.foo['a']
          {"fieldRef": {"apiVersion": "v2", "fieldPath": "metadata.name"}} | Invalid env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2
          {"fieldRef": {"fieldPath": "metadata.labels"}} | NotSupported env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"
          {"resourceFieldRef": {"resource": "limits.foo"}} | NotSupported env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.foo": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"
          {"secretKeyRef": {"name": "a"}} | Required env[0].valueFrom.secretKeyRef.key: Required value
          {"configMapKeyRef": {"name": "a", "key": ".."}} | Invalid env[0].valueFrom.configMapKeyRef.key: Invalid value: "..": must not be '..'
          {"configMapKeyRef": {"name": "a", "key": "b"}, "secretKeyRef": {"name": "a", "key": "b"}} | Invalid env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time
          """)
  void refusesAVariableFromNowhere(String source, String cause) {
    Reply reply = container("\"env\": [{\"name\": \"x\", \"valueFrom\": %s}]".formatted(source));

    assertRefused(reply, cause, "spec.containers[0].");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prefix": "=", "configMapRef": {"name": "a"}} | Invalid envFrom[0].prefix: Invalid value: "=": a valid environment variable name must consist only of printable ASCII characters other than '='
          {} | Invalid envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`
          {"configMapRef": {}} | Required envFrom[0].configMapRef.name: Required value
          {"configMapRef": {"name": "a"}, "secretRef": {"name": "a"}} | Invalid envFrom: Invalid value: "": may not have more than one field specified at a time
          """)
  void refusesVariablesFromNowhere(String source, String cause) {
    Reply reply = container("\"envFrom\": [%s]".formatted(source));

    assertRefused(reply, cause, "spec.containers[0].");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fieldRef\": {\"fieldPath\": \"metadata.labels['spark-role']\"}}",
        "{\"fieldRef\": {\"fieldPath\": \"metadata.annotations['a.b/c']\"}}",
        "{\"fieldRef\": {\"fieldPath\": \"status.hostIPs\"}}",
        "{\"resourceFieldRef\": {\"resource\": \"limits.memory\"}}"
      })
  void takesAVariableFromThePod(String source) {
    Reply reply = container("\"env\": [{\"name\": \"x\", \"valueFrom\": %s}]".formatted(source));

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "emptyDir": {}, "hostPath": {"path": "/x"} | Forbidden hostPath: Forbidden: may not specify more than 1 volume type
          "emptyDir": {"sizeLimit": "-1"} | Forbidden emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity
          "hostPath": {"path": ""} | Required hostPath.path: Required value
          "hostPath": {"path": "/a/../b"} | Invalid hostPath.path: Invalid value: "/a/../b": must not contain '..'
          "hostPath": {"path": "/a", "type": "Foo"} | NotSupported hostPath.type: Unsupported value: "Foo": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"
          "configMap": {} | Required configMap.name: Required value
          "configMap": {"name": "a", "defaultMode": 1000} | Invalid configMap.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive
          "configMap": {"name": "a", "items": [{"key": "", "path": "x"}]} | Required configMap.items[0].key: Required value
          "configMap": {"name": "a", "items": [{"key": "k", "path": "../x"}]} | Invalid configMap.items[0].path: Invalid value: "../x": must not contain '..'
          "configMap": {"name": "a", "items": [{"key": "k", "path": "..x"}]} | Invalid configMap.items[0].path: Invalid value: "..x": must not start with '..'
          "secret": {"secretName": "a", "items": [{"key": "k", "path": "/abs"}]} | Invalid secret.items[0].path: Invalid value: "/abs": must be a relative path
          "secret": {"secretName": "a", "items": [{"key": "k", "path": "x", "mode": 512}]} | Invalid secret.items[0].mode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive
          "projected": {"sources": [{"serviceAccountToken": {"path": "x", "expirationSeconds": 1}}]} | Invalid projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 1: may not specify a duration less than 10 minutes
          "projected": {"sources": [{"serviceAccountToken": {"path": ""}}]} | Required projected.path: Required value
          "projected": {"sources": [{"configMap": {"name": "a"}, "secret": {"name": "a"}}]} | Forbidden projected.sources[0]: Forbidden: may not specify more than 1 volume type per source
          "projected": {"sources": [{"secret": {"name": "a", "items": [{"key": "a", "path": "x"}, {"key": "b", "path": "x"}]}}]} | Invalid projected: Invalid value: "a": conflicting duplicate paths
          "downwardAPI": {"items": [{"path": "a", "fieldRef": {"fieldPath": "status.podIP"}}]} | NotSupported downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"
          "downwardAPI": {"items": [{"path": "a"}]} | Required downwardAPI: Required value: one of fieldRef and resourceFieldRef is required
          "downwardAPI": {"items": [{"path": "a", "resourceFieldRef": {"resource": "limits.cpu"}}]} | Required downwardAPI.resourceFieldRef.containerName: Required value
          "nfs": {"server": "s", "path": "x"} | Invalid nfs.path: Invalid value: "x": must be an absolute path
          """)
  void refusesAVolumeThatCannotBe(String source, String cause) {
    Reply reply = pod("\"volumes\": [{\"name\": \"v\", %s}]".formatted(source), "");

    assertRefused(reply, cause, "spec.volumes[0].");
  }

  @Test
  void mountsNoVolumeThatIsRefused() {
    Reply reply =
        pod(
            "\"volumes\": [{\"name\": \"v\", \"hostPath\": {\"path\": \"\"}}]",
            ", \"volumeMounts\": [{\"name\": \"v\", \"mountPath\": \"/x\"}]");

    assertThat(told(reply))
        .containsExactly(
            "Required spec.volumes[0].hostPath.path: Required value",
            "NotFound spec.containers[0].volumeMounts[0].name: Not found: \"v\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "terminationMessagePolicy": "X" | NotSupported terminationMessagePolicy: Unsupported value: "X": supported values: "File", "FallbackToLogsOnError"
          "resources": {"requests": {"pods": "1"}} | Invalid resources.requests[pods]: Invalid value: "pods": must be a standard resource for containers
          "resources": {"requests": {"example.com/gpu": "1"}} | Required resources.limits: Required value: Limit must be set for non overcommitable resources
          "resources": {"requests": {"example.com/gpu": "1"}, "limits": {"example.com/gpu": "2"}} | Invalid resources.requests: Invalid value: "1": must be equal to example.com/gpu limit of 2
          "ports": [{"containerPort": 0}] | Required ports[0].containerPort: Required value
          "ports": [{"containerPort": 1, "protocol": "XX"}] | NotSupported ports[0].protocol: Unsupported value: "XX": supported values: "SCTP", "TCP", "UDP"
          "ports": [{"containerPort": 1, "hostPort": 70000}] | Invalid ports[0].hostPort: Invalid value: 70000: must be between 1 and 65535, inclusive
          "ports": [{"containerPort": 1, "name": "a--b"}] | Invalid ports[0].name: Invalid value: "a--b": must not contain consecutive hyphens
          """)
  void refusesAContainerThatCannotBe(String fields, String cause) {
    Reply reply = container(fields);

    assertRefused(reply, cause, "spec.containers[0].");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "hostAliases": [{"ip": "x", "hostnames": ["a"]}] | Invalid hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          "hostAliases": [{"ip": "::1", "hostnames": ["_"]}] | Invalid hostAliases[0].hostnames[0]: Invalid value: "_": NOT_SUBDOMAIN
          "securityContext": {"sysctls": [{"name": "a..b", "value": "1"}]} | Invalid securityContext.sysctls[0].name: Invalid value: "a..b": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$
          "securityContext": {"sysctls": [{"name": "a.b", "value": "1"}, {"name": "a.b", "value": "1"}]} | Duplicate securityContext.sysctls[1].name: Duplicate value: "a.b"
          "topologySpreadConstraints": [{"maxSkew": 0, "topologyKey": "a", "whenUnsatisfiable": "DoNotSchedule"}] | Invalid topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero
          "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "", "whenUnsatisfiable": "DoNotSchedule"}] | Required topologySpreadConstraints[0].topologyKey: Required value: can not be empty
          "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "X"}] | NotSupported topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "X": supported values: "DoNotSchedule", "ScheduleAnyway"
          "os": {"name": "foo"} | NotSupported os: Unsupported value: "foo": supported values: "linux", "windows"
          "ephemeralContainers": [{"name": "e", "image": "i"}] | Forbidden ephemeralContainers: Forbidden: cannot be set on create
          "hostPID": true, "shareProcessNamespace": true | Invalid securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled
          """)
  void refusesAHostThatCannotBe(String fields, String cause) {
    Reply reply = pod(fields, "");

    assertRefused(reply, cause, "spec.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "runtimeClassName": "nosuch" | pod rejected: RuntimeClass "nosuch" not found
          "overhead": {"cpu": "1"} | pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead
          "priority": 5 | the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name
          """)
  void forbidsWhatOnlyAClassMaySay(String fields, String why) {
    Reply reply = pod(fields, "");

    assertFailed(reply, 403, "Forbidden");
    assertThat(reply.text("message")).isEqualTo("pods \"sources\" is forbidden: " + why);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1500m",
    "0.5Gi, 512Mi",
    "1000m, 1",
    "1024Mi, 1Gi",
    "1000Mi, 1000Mi",
    "1e3, 1e3",
    "1.5e3, 1500",
    "0.3Ki, 307200m",
    "0.0001, 1m",
    "1000k, 1M",
    "0Gi, 0"
  })
  void writesAQuantityInOneForm(String sent, String written) {
    Reply reply = container("\"resources\": {\"limits\": {\"memory\": \"%s\"}}".formatted(sent));

    assertThat(reply.text("spec", "containers", "0", "resources", "limits", "memory"))
        .isEqualTo(written);
    assertThat(reply.text("spec", "containers", "0", "resources", "requests", "memory"))
        .isEqualTo(written);
  }

  @Test
  void toleratesALostNodeWhateverAPatchSays() {
    api().post(api().in("/pods"), api().pod("tolerant", ""));

    Reply reply =
        api()
            .patch(
                api().in("/pods/tolerant"), RunningApi.MERGE, "{\"spec\": {\"tolerations\": []}}");

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(200);
    assertThat(reply.at("spec", "tolerations")).hasSize(2);
  }

  @Test
  void refusesTwoControllers() {
    String owner =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"%s\",\"uid\":\"1\",\"controller\":true}";

    Reply reply =
        api()
            .post(
                api().in("/configmaps?dryRun=All"),
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x",
                 "ownerReferences": [%s, %s]}}"""
                    .formatted(owner.formatted("a"), owner.formatted("b")));

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .endsWith(
            "Only one reference can have Controller set to true. Found \"true\" in references for"
                + " Pod/a and Pod/b");
  }

  @Test
  void neverChangesTheTypeOfASecret() {
    api()
        .post(
            api().in("/secrets"),
            "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"typed\"}}");

    Reply reply = api().patch(api().in("/secrets/typed"), RunningApi.MERGE, "{\"type\": \"foo\"}");

    assertRefused(reply, "Invalid type: Invalid value: \"foo\": field is immutable", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          20 | Invalid value: 20: must be less than or equal to previous value
          null | Invalid value: null: must not update from a positive integer to nil value
          """)
  void onlyEverShortensTheDeadlineOfAPod(String next, String message) {
    String name = "deadline-" + next;
    api().post(api().in("/pods"), api().pod(name, "\"activeDeadlineSeconds\": 10"));

    Reply reply =
        api()
            .patch(
                api().in("/pods/" + name),
                RunningApi.MERGE,
                "{\"spec\": {\"activeDeadlineSeconds\": %s}}".formatted(next));

    assertRefused(reply, "Invalid activeDeadlineSeconds: " + message, "spec.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "type": "Foo" | NotSupported type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"
          "sessionAffinity": "X" | NotSupported sessionAffinity: Unsupported value: "X": supported values: "ClientIP", "None"
          """)
  void refusesAServiceOfNoKind(String fields, String cause) {
    Reply reply =
        api()
            .post(
                api().in("/services?dryRun=All"),
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"},
                 "spec": {%s, "ports": [{"port": 1}]}}"""
                    .formatted(fields));

    assertRefused(reply, cause, "spec.");
  }

  private Reply container(String fields) {
    return pod("", ", " + fields);
  }

  private Reply pod(String fields, String more) {
    return api()
        .post(
            api().in("/pods?dryRun=All"),
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "sources"},
             "spec": {%s "containers": [{"name": "a", "image": "x"%s}]}}"""
                .formatted(fields.isEmpty() ? "" : fields + ",", more));
  }

  /**
   * @param cause the reason and the field, and after a colon the message, word for word
   */
  private static void assertRefused(Reply reply, String cause, String prefix) {
    assertFailed(reply, 422, "Invalid");
    String whole = cause.replaceFirst(" ", " " + prefix).replace("NOT_SUBDOMAIN", NOT_SUBDOMAIN);
    assertThat(told(reply)).isEqualTo(List.of(whole));
  }
}
