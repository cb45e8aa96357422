package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job's configuration can get wrong in its driver's pod and Service. */
class MountsAndPortsContractIT extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "subPath": "../../etc" | Invalid spec.containers[0].volumeMounts.subPath: Invalid value: "../../etc": must not contain '..'
          "subPath": "a/../b" | Invalid spec.containers[0].volumeMounts.subPath: Invalid value: "a/../b": must not contain '..'
          "subPath": "/abs" | Invalid spec.containers[0].volumeMounts.subPath: Invalid value: "/abs": must be a relative path
          "subPathExpr": "/abs" | Invalid spec.containers[0].volumeMounts.subPathExpr: Invalid value: "/abs": must be a relative path
          "subPathExpr": "../y" | Invalid spec.containers[0].volumeMounts.subPathExpr: Invalid value: "../y": must not contain '..'
          "subPath": "x", "subPathExpr": "y" | Invalid spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: "y": subPathExpr and subPath are mutually exclusive
          "mountPropagation": "Foo" | NotSupported spec.containers[0].volumeMounts.mountPropagation: Unsupported value: "Foo": supported values: "Bidirectional", "HostToContainer", "None"
          "mountPropagation": "" | NotSupported spec.containers[0].volumeMounts.mountPropagation: Unsupported value: "": supported values: "Bidirectional", "HostToContainer", "None"
          "mountPropagation": "Bidirectional" | Forbidden spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers
          "recursiveReadOnly": "Foo" | NotSupported spec.containers[0].volumeMounts.recursiveReadOnly: Unsupported value: "Foo": supported values: "Disabled", "Enabled", "IfPossible"
          "recursiveReadOnly": "Enabled" | Forbidden spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true
          "recursiveReadOnly": "IfPossible", "readOnly": true, "mountPropagation": "HostToContainer" | Forbidden spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified
          """)
  void refusesAMount(String mount, String cause) {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                """
                {"metadata": {"name": "mounts"},
                 "spec": {"containers": [{"name": "a", "image": "x",
                            "volumeMounts": [{"name": "v", "mountPath": "/v", %s}]}],
                          "volumes": [{"name": "v", "emptyDir": {}}]}}"""
                    .formatted(mount));

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply)).containsExactly(cause);
  }

  @ParameterizedTest
  @CsvSource({"containers", "initContainers"})
  void refusesAnImageWithBlanksAroundIt(String list) {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                """
                {"metadata": {"name": "blanks"},
                 "spec": {"containers": [{"name": "b", "image": "x"}],
                          "%s": [{"name": "a", "image": " spark:4.1.1 "}]}}"""
                    .formatted(list));

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply))
        .containsExactly(
            "Invalid spec."
                + list
                + "[0].image: Invalid value: \" spark:4.1.1 \": must not have leading or trailing"
                + " whitespace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"port": 7500, "name": "a"}, {"port": 7500, "name": "b"} | Duplicate spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":7500,"TargetPort":0,"NodePort":0}
          {"port": 1, "protocol": "X"} | NotSupported spec.ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"
          {"port": 1, "targetPort": "Bad"} | Invalid spec.ports[0].targetPort: Invalid value: "Bad": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
          {"port": 1, "targetPort": "waytoolongportname"} | Invalid spec.ports[0].targetPort: Invalid value: "waytoolongportname": must be no more than 15 characters
          {"port": 1, "targetPort": 70000} | Invalid spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive
          """)
  void refusesAPort(String ports, String cause) {
    Reply reply =
        api()
            .post(
                api().in("/services"),
                """
                {"metadata": {"name": "ports"},
                 "spec": {"clusterIP": "None", "selector": {"a": "b"}, "ports": [%s]}}"""
                    .formatted(ports));

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply)).containsExactly(cause);
  }

  @Test
  void takesTheSamePortOfTwoProtocols() {
    Reply reply =
        api()
            .post(
                api().in("/services"),
                """
                {"metadata": {"name": "two-protocols"},
                 "spec": {"ports": [{"port": 53, "name": "a"},
                                    {"port": 53, "name": "b", "protocol": "UDP"}]}}""");

    assertThat(reply.status()).as(reply.text("message")).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "ipFamilies": ["IPv6"] | Invalid spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster
          "clusterIP": "None", "selector": {"a": "b"}, "ipFamilyPolicy": "SingleStack", "ipFamilies": ["IPv6"] | Invalid spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster
          "ipFamilyPolicy": "SingleStack", "ipFamilies": ["IPv4", "IPv6"] | Invalid spec.ipFamilyPolicy: Invalid value: "SingleStack": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
          "ipFamilyPolicy": "RequireDualStack" | Invalid spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services
          "ipFamilyPolicy": "Foo" | NotSupported spec.ipFamilyPolicy: Unsupported value: "Foo": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"
          "ipFamilies": ["Foo"] | NotSupported spec.ipFamilies[0]: Unsupported value: "Foo": supported values: "IPv4", "IPv6"
          "ipFamilies": ["IPv4", "IPv4"] | Duplicate spec.ipFamilies[1]: Duplicate value: "IPv4"
          "clusterIP": "x" | Invalid spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          "clusterIPs": ["None"] | Invalid spec.clusterIPs: Invalid value: ["None"]: must be empty when `clusterIP` is not specified
          "clusterIP": "None", "clusterIPs": ["1.2.3.4"] | Invalid spec.clusterIPs: Invalid value: ["1.2.3.4"]: first value must match `clusterIP`
          """)
  void refusesAddressesThatTheClusterDoesNotHave(String spec, String cause) {
    Reply reply =
        api()
            .post(
                api().in("/services"),
                "{\"metadata\": {\"name\": \"addresses\"}, \"spec\": {\"ports\": [{\"port\": 1}], "
                    + spec
                    + "}}");

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply)).containsExactly(cause);
  }

  @Test
  void refusesAnAddressOutsideItsRange() {
    Reply reply =
        api()
            .post(
                api().in("/services"),
                """
                {"metadata": {"name": "outside"},
                 "spec": {"clusterIP": "1.2.3.4", "ports": [{"port": 1}]}}""");

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply))
        .containsExactly(
            "Invalid spec.clusterIPs: Invalid value: [\"1.2.3.4\"]: failed to allocate IP 1.2.3.4:"
                + " the provided network does not match the current range");
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    String key = "k".repeat(254);

    Reply reply =
        api().post(api().in("/configmaps"), api().configMap("long", "\"" + key + "\": \"\""));

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply))
        .containsExactly(
            "Invalid data[%1$s]: Invalid value: \"%1$s\": must be no more than 253 characters"
                .formatted(key));
  }

  @Test
  void tellsOfFieldsThatAreSentTwice() {
    String twice =
        """
        {"metadata": {"name": "x", "name": "twice"},
         "spec": {"containers": [{"name": "c", "image": "i", "image": "j", "odd": 1}]}}""";

    Reply strict = api().post(api().in("/pods?fieldValidation=Strict"), twice);
    Reply warned = api().post(api().in("/pods?dryRun=All"), twice);

    assertFailed(strict, 400, "BadRequest");
    assertThat(strict.text("message"))
        .isEqualTo(
            "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: duplicate"
                + " field \"metadata.name\", duplicate field \"spec.containers[0].image\", unknown"
                + " field \"spec.containers[0].odd\"");
    assertThat(warned.text("spec", "containers", "0", "image")).isEqualTo("j");
    assertThat(warned.headers().allValues("warning"))
        .containsExactly(
            "299 - \"duplicate field \\\"metadata.name\\\"\"",
            "299 - \"duplicate field \\\"spec.containers[0].image\\\"\"",
            "299 - \"unknown field \\\"spec.containers[0].odd\\\"\"");
  }

  @Test
  void refusesAStrictPatchWithAFieldTwice() {
    api().post(api().in("/configmaps"), api().configMap("patched-twice", ""));

    Reply reply =
        api()
            .patch(
                api().in("/configmaps/patched-twice?fieldValidation=Strict"),
                RunningApi.STRATEGIC,
                "{\"data\": {\"a\": \"b\", \"a\": \"c\"}}");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply)).containsExactly("FieldValueInvalid patch");
    assertThat(reply.text("message")).contains("strict decoding error: duplicate field \"data.a\"");
  }
}
