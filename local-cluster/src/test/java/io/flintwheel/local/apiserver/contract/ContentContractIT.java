package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What objects may hold, beyond the shape of their types. */
class ContentContractIT extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          secrets | {"data": {"a": "no base64!"} | illegal base64 data at input byte 2
          secrets | {"data": {"a": "abc"} | illegal base64 data at input byte 0
          configmaps | {"binaryData": {"a": "!!"} | illegal base64 data at input byte 0
          """)
  void refusesBytesThatAreNotInBase64(String type, String body, String message) {
    Reply reply = api().post(api().in("/" + type), body + ", \"metadata\": {\"name\": \"bytes\"}}");

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message")).endsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          configmaps | {"data": {"a": "x"}, "binaryData": {"a": "eA=="} | FieldValueInvalid data[a]
          secrets | {"type": "kubernetes.io/tls", "data": {"tls.crt": "eA=="} | FieldValueRequired data[tls.key]
          services | {"spec": {"type": "ExternalName"} | FieldValueRequired spec.externalName
          pods | {"spec": {"containers": [{"name": "a", "image": "b", "env": [{"name": "a=b"}]}]} | FieldValueInvalid spec.containers[0].env[0].name
          """)
  void namesWhatAnObjectMayNotHold(String type, String body, String cause) {
    Reply reply =
        api().post(api().in("/" + type), body + ", \"metadata\": {\"name\": \"content\"}}");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply)).containsExactly(cause);
  }

  @Test
  void countsFinalizersAndOwnersInItsWords() {
    Reply reply =
        api()
            .post(
                api().in("/configmaps"),
                """
                {"metadata": {"name": "held", "finalizers": ["ok.io/a", "bad"],
                              "ownerReferences": [{"kind": "Pod", "apiVersion": "v1"}]}}""");

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .contains("metadata.finalizers[1]: Invalid value: \"bad\": name is neither")
        .contains("metadata.ownerReferences.uid: Invalid value: \"\": must not be empty");
  }

  @Test
  void refusesAVersionForANewObject() {
    Reply reply =
        api()
            .post(
                api().in("/configmaps"),
                "{\"metadata\": {\"name\": \"new\", \"resourceVersion\": \"5\"}}");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text("message"))
        .isEqualTo("resourceVersion should not be set on objects to be created");
  }

  @Test
  void blamesAPatchForWhatItMakesOfAnObject() {
    api().post(api().in("/configmaps"), api().configMap("patched", "\"a\": \"1\""));

    Reply reply =
        api().patch(api().in("/configmaps/patched"), RunningApi.MERGE, "{\"data\": {\"a\": 2}}");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply)).containsExactly("FieldValueInvalid patch");
    assertThat(reply.text("message")).contains("cannot unmarshal number");
  }

  @Test
  void appliesNothingThatSpeaksOfManagedFields() {
    Reply reply =
        api()
            .patch(
                api().in("/configmaps/managed?fieldManager=test"),
                RunningApi.APPLY,
                """
                {"apiVersion": "v1", "kind": "ConfigMap",
                 "metadata": {"name": "managed", "managedFields": [{}]}}""");

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message")).contains("managedFields must be nil");
  }
}
