package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API refuses, and how it says what is wrong. */
class ValidationContractIT extends ApiContract {

  @Test
  void refusesAnObjectOfAnotherNamespace() {
    Reply reply =
        api()
            .post(
                api().in("/configmaps"),
                """
                {"apiVersion": "v1", "kind": "ConfigMap",
                 "metadata": {"name": "x", "namespace": "elsewhere"}}""");

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message"))
        .isEqualTo(
            "the namespace of the provided object does not match the namespace sent on the"
                + " request");
  }

  @Test
  void refusesABodyOfAnotherKind() {
    Reply reply =
        api()
            .post(
                api().in("/configmaps"),
                "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"x\"}}");

    assertFailed(reply, 400, "BadRequest");
  }

  @Test
  void refusesABodyThatIsNotJson() {
    Reply reply = api().post(api().in("/configmaps"), "{\"apiVersion\": ");

    assertFailed(reply, 400, "BadRequest");
  }

  @Test
  void refusesANameThatDiffersFromThePath() {
    api().post(api().in("/configmaps"), api().configMap("named", ""));

    Reply reply = api().put(api().in("/configmaps/named"), api().configMap("other", ""));

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message"))
        .isEqualTo("the name of the object (other) does not match the name on the URL (named)");
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                """
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "Bad_Name", "labels": {"a": "not a value"}},
                 "spec": {"restartPolicy": "Sometimes", "containers": []}}""");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply))
        .containsExactlyInAnyOrder(
            "FieldValueInvalid metadata.name",
            "FieldValueInvalid metadata.labels",
            "FieldValueRequired spec.containers",
            "FieldValueNotSupported spec.restartPolicy");
    assertThat(reply.text("message")).startsWith("Pod \"Bad_Name\" is invalid: [");
    assertThat(reply.text("details", "kind")).isEqualTo("Pod");
  }

  @Test
  void namesWhatIsWrongWithAContainer() {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "containers"},
                 "spec": {"containers": [
                   {"name": "a", "image": "x", "volumeMounts": [{"name": "v", "mountPath": "/v"}]},
                   {"name": "a"},
                   {"name": "c", "image": "x", "ports": [{"containerPort": 70000}],
                    "resources": {"requests": {"cpu": "2"}, "limits": {"cpu": "1"}}}]}}""");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply))
        .containsExactlyInAnyOrder(
            "FieldValueNotFound spec.containers[0].volumeMounts[0].name",
            "FieldValueDuplicate spec.containers[1].name",
            "FieldValueRequired spec.containers[1].image",
            "FieldValueInvalid spec.containers[2].ports[0].containerPort",
            "FieldValueInvalid spec.containers[2].resources.requests");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "privileged": true, "allowPrivilegeEscalation": false | FieldValueInvalid containers[0].securityContext
          "allowPrivilegeEscalation": false, "capabilities": {"add": ["CAP_SYS_ADMIN"]} | FieldValueInvalid containers[0].securityContext
          "runAsUser": -5 | FieldValueInvalid containers[0].securityContext.runAsUser
          "runAsGroup": 2147483648 | FieldValueInvalid containers[0].securityContext.runAsGroup
          "procMount": "Foo" | FieldValueNotSupported containers[0].securityContext.procMount
          "seccompProfile": {} | FieldValueRequired containers[0].securityContext.seccompProfile.type
          "seccompProfile": {"type": "Foo"} | FieldValueNotSupported containers[0].securityContext.seccompProfile.type
          "seccompProfile": {"type": "Localhost"} | FieldValueRequired containers[0].securityContext.seccompProfile.localhostProfile
          "seccompProfile": {"type": "RuntimeDefault", "localhostProfile": "x"} | FieldValueInvalid containers[0].securityContext.seccompProfile.localhostProfile
          "appArmorProfile": {"type": "Foo"} | FieldValueNotSupported containers[0].securityContext.appArmorProfile.type
          """)
  void refusesASecurityContextThatContradictsItself(String context, String cause) {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "security"},
                 "spec": {"containers": [{"name": "a", "image": "x",
                   "securityContext": {%s}}]}}"""
                    .formatted(context));

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply)).containsExactly(cause.replace(" containers", " spec.containers"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "seccompProfile": {"type": "Localhost", "localhostProfile": "/a"} | seccompProfile.localhostProfile | Invalid value: "/a": must be a relative path
          "seccompProfile": {"type": "Localhost", "localhostProfile": "a/../b"} | seccompProfile.localhostProfile | Invalid value: "a/../b": must not contain '..'
          "procMount": "Unmasked" | procMount | Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`
          "appArmorProfile": {"type": "Localhost", "localhostProfile": " a"} | appArmorProfile.localhostProfile | Invalid value: " a": must not be padded with whitespace
          "appArmorProfile": {"type": "Localhost", "localhostProfile": ""} | appArmorProfile.localhostProfile | Required value: must be set when AppArmor type is Localhost
          "windowsOptions": {"gmsaCredentialSpec": ""} | windowsOptions.gmsaCredentialSpec | Invalid value: "": gmsaCredentialSpec cannot be an empty string
          "windowsOptions": {"runAsUserName": ""} | windowsOptions.runAsUserName | Invalid value: "": runAsUserName cannot be an empty string
          "windowsOptions": {"runAsUserName": ".."} | windowsOptions.runAsUserName | Invalid value: "..": runAsUserName's User cannot contain only periods or spaces
          """)
  void refusesASecurityContextInTheseWords(String context, String field, String message) {
    Reply reply = api().post(api().in("/pods"), secured(context));

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .isEqualTo(
            "Pod \"security\" is invalid: spec.containers[0].securityContext."
                + field
                + ": "
                + message);
  }

  @Test
  void refusesCredentialsOfWindowsWhoseNameIsNone() {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                secured("\"windowsOptions\": {\"gmsaCredentialSpecName\": \"Bad Name\"}"));

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .startsWith(
            "Pod \"security\" is invalid:"
                + " spec.containers[0].securityContext.windowsOptions.gmsaCredentialSpecName:"
                + " Invalid value: \"Bad Name\": a lowercase RFC 1123 subdomain must consist of");
  }

  @Test
  void refusesAProcessOfTheHostWithoutItsNetwork() {
    Reply reply =
        api().post(api().in("/pods"), secured("\"windowsOptions\": {\"hostProcess\": true}"));

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .isEqualTo(
            "Pod \"security\" is invalid: spec.hostNetwork: Invalid value: false: hostNetwork must"
                + " be true if pod contains any hostProcess containers");
  }

  @Test
  void refusesAnAppArmorProfileThatIsLongerThanAPath() {
    String profile = "\"appArmorProfile\": {\"type\": \"Localhost\", \"localhostProfile\": \"%s\"}";

    Reply reply = api().post(api().in("/pods"), secured(profile.formatted("a".repeat(4096))));

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message")).endsWith("Too long: may not be more than 4095 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "limits.cpu, 3, 1m and 1 are supported with the cpu",
    "requests.memory, 1m, '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the memory'",
    "limits.memory, 1024, '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the memory'",
    "limits.ephemeral-storage, 1e3, '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the local ephemeral storage'",
    "limits.hugepages-2Mi, 2, '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the hugepages'"
  })
  void refusesADivisorThatIsNoUnit(String resource, String divisor, String supported) {
    Reply reply = api().post(api().in("/pods"), divided(resource, divisor));

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .isEqualTo(
            "Pod \"divided\" is invalid: spec.containers[0].env[0].valueFrom.resourceFieldRef"
                + ".divisor: Invalid value: \"%s\": only divisor's values %s resource"
                    .formatted(resource, supported));
  }

  @ParameterizedTest
  @CsvSource({
    "limits.cpu, 1000m",
    "limits.cpu, 0",
    "limits.memory, 1024Mi",
    "limits.memory, 1000",
    "requests.memory, 1"
  })
  void takesADivisorThatIsAUnit(String resource, String divisor) {
    Reply reply = api().post(api().in("/pods?dryRun=All"), divided(resource, divisor));

    assertThat(reply.status()).isEqualTo(201);
  }

  private static String divided(String resource, String divisor) {
    return """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "divided"},
         "spec": {"containers": [{"name": "a", "image": "x", "env": [{"name": "A", "valueFrom":
           {"resourceFieldRef": {"resource": "%s", "divisor": "%s"}}}]}]}}"""
        .formatted(resource, divisor);
  }

  private static String secured(String context) {
    return """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "security"},
         "spec": {"containers": [{"name": "a", "image": "x", "securityContext": {%s}}]}}"""
        .formatted(context);
  }

  @Test
  void refusesASecurityContextOfAPodThatNoKernelTakes() {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "security"},
                 "spec": {"containers": [{"name": "a", "image": "x"}],
                   "securityContext": {"runAsUser": -1, "fsGroup": -1}}}""");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply))
        .containsExactlyInAnyOrder(
            "FieldValueInvalid spec.securityContext.runAsUser",
            "FieldValueInvalid spec.securityContext.fsGroup");
  }

  @Test
  void refusesAQuantityThatIsNone() {
    Reply reply =
        api()
            .post(
                api().in("/pods"),
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "quantity"},
                 "spec": {"containers": [{"name": "a", "image": "x",
                   "resources": {"requests": {"memory": "lots"}}}]}}""");

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message")).contains("quantities must match the regular expression");
  }

  @Test
  void refusesAValueOfTheWrongType() {
    Reply reply =
        api()
            .post(
                api().in("/configmaps"),
                """
                {"apiVersion": "v1", "kind": "ConfigMap",
                 "metadata": {"name": "types"}, "data": {"a": 1}}""");

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message"))
        .contains("ConfigMap in version \"v1\" cannot be handled as a ConfigMap")
        .contains("cannot unmarshal number into Go struct field ConfigMap.data of type string");
  }

  @Test
  void dropsAFieldThatIsNotKnownAndWarns() {
    Reply reply =
        api()
            .post(
                api().in("/configmaps?fieldValidation=Warn"),
                """
                {"apiVersion": "v1", "kind": "ConfigMap",
                 "metadata": {"name": "unknown"}, "dta": {"a": "b"}}""");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body().has("dta")).isFalse();
    assertThat(reply.headers().firstValue("warning"))
        .hasValue("299 - \"unknown field \\\"dta\\\"\"");
  }

  @Test
  void refusesAFieldThatIsNotKnownWhenAskedToBeStrict() {
    Reply reply =
        api()
            .post(
                api().in("/pods?fieldValidation=Strict"),
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "strict"},
                 "spec": {"containers": [{"name": "a", "image": "x", "imagePolicy": "y"}]}}""");

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message"))
        .isEqualTo(
            "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown"
                + " field \"spec.containers[0].imagePolicy\"");
  }
}
