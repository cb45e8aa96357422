package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API refuses of a pod's placement, handlers and names, and of a role binding. */
class PodFieldsContractIT extends ApiContract {

  private static final String NOT_QUALIFIED =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
          + " used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String NOT_LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String NOT_LABEL_VALUE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"key": "a", "operator": "Foo"} | NotSupported operator: Unsupported value: "Foo": supported values: "Equal", "Exists"
          {"key": "a", "operator": "Gt", "value": "3"} | NotSupported operator: Unsupported value: "Gt": supported values: "Equal", "Exists", "Lt", "Gt"
          {"key": "a", "operator": "Exists", "value": "x"} | Invalid operator: Invalid value: "x": value must be empty when `operator` is 'Exists'
          {"operator": "Equal", "value": "x"} | Invalid operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"
          {"value": "x"} | Invalid operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"
          {"key": "a b", "operator": "Exists"} | Invalid key: Invalid value: "a b": NOT_QUALIFIED
          {"key": "a", "value": "x y"} | Invalid operator: Invalid value: "x y": NOT_LABEL_VALUE
          {"key": "a", "operator": "Exists", "effect": "Foo"} | NotSupported effect: Unsupported value: "Foo": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
          {"key": "a", "operator": "Exists", "effect": "NoSchedule", "tolerationSeconds": 3} | Invalid effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when `tolerationSeconds` is set
          """)
  void refusesATolerationOfNothing(String toleration, String cause) {
    Reply reply = pod("\"tolerations\": [%s]".formatted(toleration), "");

    assertRefused(reply, cause, "spec.tolerations[0].");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"matchExpressions": [{"key": "a", "operator": "Foo"}]} | Invalid matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator
          {"matchExpressions": [{"key": "a"}]} | Invalid matchExpressions[0].operator: Invalid value: "": not a valid selector operator
          {"matchExpressions": [{"key": "a", "operator": "In"}]} | Required matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'
          {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["x"]}]} | Forbidden matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'
          {"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["1", "2"]}]} | Required matchExpressions[0].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'
          {"matchExpressions": [{"key": "a b", "operator": "Exists"}]} | Invalid matchExpressions[0].key: Invalid value: "a b": NOT_QUALIFIED
          {"matchExpressions": [{"key": "a", "operator": "In", "values": ["x y"]}]} | Invalid matchExpressions[0].values[0]: Invalid value: "x y": NOT_LABEL_VALUE
          {"matchFields": [{"key": "metadata.foo", "operator": "In", "values": ["x"]}]} | Invalid matchFields[0].key: Invalid value: "metadata.foo": not a valid field selector key
          {"matchFields": [{"key": "metadata.name", "operator": "Exists"}]} | Invalid matchFields[0].operator: Invalid value: "Exists": not a valid selector operator
          """)
  void refusesANodeSelectorThatSelectsNothing(String term, String cause) {
    Reply reply =
        pod(
            "\"affinity\": {\"nodeAffinity\": {\"requiredDuringSchedulingIgnoredDuringExecution\":"
                + " {\"nodeSelectorTerms\": [%s]}}}".formatted(term),
            "");

    assertRefused(
        reply,
        cause,
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
            + ".nodeSelectorTerms[0].");
  }

  @Test
  void refusesNodeAffinityWithoutTerms() {
    Reply reply =
        pod(
            "\"affinity\": {\"nodeAffinity\": {\"requiredDuringSchedulingIgnoredDuringExecution\": {}}}",
            "");

    assertRefused(
        reply,
        "Required nodeSelectorTerms: Required value: must have at least one node selector term",
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.");
  }

  @Test
  void refusesAPreferenceThatWeighsNothing() {
    Reply reply =
        pod(
            "\"affinity\": {\"nodeAffinity\": {\"preferredDuringSchedulingIgnoredDuringExecution\":"
                + " [{\"weight\": 0, \"preference\": {}}]}}",
            "");

    assertRefused(
        reply,
        "Invalid weight: Invalid value: 0: must be in the range 1-100",
        "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "dnsPolicy": "Foo" | NotSupported dnsPolicy: Unsupported value: "Foo": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"
          "dnsPolicy": "None" | Required dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None
          "hostname": "a.b" | Invalid hostname: Invalid value: "a.b": must not contain dots
          "hostname": "Abc" | Invalid hostname: Invalid value: "Abc": NOT_DNS_LABEL
          "subdomain": "a_b" | Invalid subdomain: Invalid value: "a_b": NOT_DNS_LABEL
          "activeDeadlineSeconds": 0 | Invalid activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
          "activeDeadlineSeconds": 2147483648 | Invalid activeDeadlineSeconds: Invalid value: 2147483648: must be between 1 and 2147483647, inclusive
          "initContainers": [{"name": "i", "image": "x", "readinessProbe": {}}] | Forbidden initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always
          """)
  void refusesAFieldOfAPodThatMeansNothing(String fields, String cause) {
    Reply reply = pod(fields, "");

    assertRefused(reply, cause, "spec.");
  }

  @Test
  void refusesAHostNameThatIsTooLong() {
    String name = "a".repeat(64);

    Reply reply = pod("\"hostname\": \"%s\"".formatted(name), "");

    assertRefused(
        reply,
        "Invalid hostname: Invalid value: \"%s\": must be no more than 63 characters"
            .formatted(name),
        "spec.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "livenessProbe": {"periodSeconds": 3} | Required livenessProbe: Required value: must specify a handler type
          "readinessProbe": {"exec": {"command": ["x"]}, "tcpSocket": {"port": 80}} | Forbidden readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type
          "readinessProbe": {"exec": {"command": ["x"]}, "periodSeconds": -1} | Invalid readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0
          "readinessProbe": {"exec": {}} | Required readinessProbe.exec.command: Required value
          "readinessProbe": {"httpGet": {"port": 0}} | Invalid readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive
          "readinessProbe": {"httpGet": {"port": "A_b"}} | Invalid readinessProbe.httpGet.port: Invalid value: "A_b": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
          "readinessProbe": {"httpGet": {"port": 80, "scheme": "FTP"}} | NotSupported readinessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS"
          "readinessProbe": {"httpGet": {"port": 80, "httpHeaders": [{"name": "a b", "value": "x"}]}} | Invalid readinessProbe.httpGet.httpHeaders: Invalid value: "a b": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')
          "startupProbe": {"tcpSocket": {"port": 70000}} | Invalid startupProbe.tcpSocket.port: Invalid value: 70000: must be between 1 and 65535, inclusive
          "startupProbe": {"grpc": {"port": 0}} | Invalid startupProbe.grpc.port: Invalid value: 0: must be between 1 and 65535, inclusive
          "livenessProbe": {"exec": {"command": ["x"]}, "successThreshold": 2} | Invalid livenessProbe.successThreshold: Invalid value: 2: must be 1
          "livenessProbe": {"exec": {"command": ["x"]}, "terminationGracePeriodSeconds": 0} | Invalid livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0
          "readinessProbe": {"exec": {"command": ["x"]}, "terminationGracePeriodSeconds": 3} | Invalid readinessProbe.terminationGracePeriodSeconds: Invalid value: 3: must not be set for readinessProbes
          "lifecycle": {"preStop": {}} | Required lifecycle.preStop: Required value: must specify a handler type
          "lifecycle": {"postStart": {"exec": {"command": ["x"]}, "httpGet": {"port": 80}}} | Forbidden lifecycle.postStart.httpGet: Forbidden: may not specify more than 1 handler type
          "lifecycle": {"preStop": {"sleep": {"seconds": 100}}} | Invalid lifecycle.preStop.sleep: Invalid value: 100: must be non-negative and less than terminationGracePeriodSeconds (30)
          """)
  void refusesAProbeOrHookThatCannotBeDone(String handlers, String cause) {
    Reply reply = pod("", ", " + handlers);

    assertRefused(reply, cause, "spec.containers[0].");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"readinessProbe\": {\"httpGet\": {\"port\": 80, \"path\": \"\"}}",
        "\"lifecycle\": {\"preStop\": {\"sleep\": {\"seconds\": 3}}}",
        "\"lifecycle\": {\"preStop\": {\"httpGet\": {\"port\": \"http\"}}}"
      })
  void takesProbesAndHooksThatCan(String handlers) {
    Reply reply = pod("", ", " + handlers);

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
  }

  @Test
  void takesANegativeGraceForTheShortest() {
    Reply reply = pod("\"terminationGracePeriodSeconds\": -1", "");

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
    assertThat(reply.at("spec", "terminationGracePeriodSeconds").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"kind": "Foo", "name": "x"} | NotSupported kind: Unsupported value: "Foo": supported values: "ServiceAccount", "User", "Group"
          {"kind": "User"} | Required name: Required value
          {"kind": "User", "name": "x", "apiGroup": "foo"} | NotSupported apiGroup: Unsupported value: "foo": supported values: "rbac.authorization.k8s.io"
          {"kind": "ServiceAccount", "name": "x", "apiGroup": "rbac.authorization.k8s.io"} | NotSupported apiGroup: Unsupported value: "rbac.authorization.k8s.io": supported values: ""
          """)
  void refusesABindingToNobody(String subject, String cause) {
    Reply reply = binding("\"kind\": \"Role\", \"name\": \"r\"", subject);

    assertRefused(reply, cause, "subjects[0].");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "kind": "Foo", "name": "r" | NotSupported kind: Unsupported value: "Foo": supported values: "Role", "ClusterRole"
          "kind": "Role", "name": "" | Required name: Required value
          "kind": "Role", "name": "r", "apiGroup": "foo" | NotSupported apiGroup: Unsupported value: "foo": supported values: "rbac.authorization.k8s.io"
          """)
  void refusesABindingOfNoRole(String role, String cause) {
    Reply reply = binding(role, "{\"kind\": \"ServiceAccount\", \"name\": \"x\"}");

    assertRefused(reply, cause, "roleRef.");
  }

  private Reply pod(String fields, String more) {
    return api()
        .post(
            api().in("/pods?dryRun=All"),
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "fields"},
             "spec": {%s "containers": [{"name": "a", "image": "x"%s}]}}"""
                .formatted(fields.isEmpty() ? "" : fields + ",", more));
  }

  private Reply binding(String role, String subject) {
    return api()
        .post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/"
                + api().namespace()
                + "/rolebindings?dryRun=All",
            """
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
             "metadata": {"name": "b"}, "roleRef": {%s}, "subjects": [%s]}"""
                .formatted(role, subject));
  }

  /**
   * @param cause the reason and the field, and after a colon the message, word for word
   */
  private static void assertRefused(Reply reply, String cause, String prefix) {
    assertFailed(reply, 422, "Invalid");
    int blank = cause.indexOf(' ');
    assertThat(told(reply))
        .containsExactly(
            cause.substring(0, blank + 1)
                + prefix
                + cause
                    .substring(blank + 1)
                    .replace("NOT_QUALIFIED", NOT_QUALIFIED)
                    .replace("NOT_LABEL_VALUE", NOT_LABEL_VALUE)
                    .replace("NOT_DNS_LABEL", NOT_LABEL));
  }
}
