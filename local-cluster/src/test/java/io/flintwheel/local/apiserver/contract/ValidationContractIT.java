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
