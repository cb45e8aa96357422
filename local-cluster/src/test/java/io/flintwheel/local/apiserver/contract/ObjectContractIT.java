package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Creating, reading and replacing objects. */
class ObjectContractIT extends ApiContract {

  @Test
  void refusesARequestWithoutAKnownToken() {
    Reply reply = api().getAs("not-a-token", api().in("/pods"));

    assertFailed(reply, 401, "Unauthorized");
  }

  @Test
  void givesANewObjectItsIdentity() {
    Reply created = api().post(api().in("/configmaps"), api().configMap("identity", ""));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("metadata", "uid")).hasSize(36);
    assertThat(created.text("metadata", "resourceVersion")).matches("\\d+");
    assertThat(created.text("metadata", "creationTimestamp")).endsWith("Z").hasSize(20);
    assertThat(created.text("metadata", "namespace")).isEqualTo(api().namespace());
    assertThat(created.text("apiVersion")).isEqualTo("v1");
    assertThat(created.text("kind")).isEqualTo("ConfigMap");
    assertThat(created.body().has("data")).isFalse();
  }

  @Test
  void generatesANameFromItsPrefix() {
    Reply created =
        api()
            .post(
                api().in("/configmaps"),
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "made-"}}""");

    assertThat(created.text("metadata", "name")).matches("made-[a-z0-9]{5}");
    assertThat(created.text("metadata", "generateName")).isEqualTo("made-");
  }

  @Test
  void refusesASecondObjectOfTheSameName() {
    api().post(api().in("/configmaps"), api().configMap("twice", ""));

    Reply second = api().post(api().in("/configmaps"), api().configMap("twice", ""));

    assertFailed(second, 409, "AlreadyExists");
    assertThat(second.text("message")).isEqualTo("configmaps \"twice\" already exists");
    assertThat(second.text("details", "name")).isEqualTo("twice");
    assertThat(second.text("details", "kind")).isEqualTo("configmaps");
  }

  @Test
  void namesWhatIsNotFound() {
    Reply reply =
        api()
            .get("/apis/coordination.k8s.io/v1/namespaces/" + api().namespace() + "/leases/absent");

    assertFailed(reply, 404, "NotFound");
    assertThat(reply.text("message")).isEqualTo("leases.coordination.k8s.io \"absent\" not found");
    assertThat(reply.text("details", "group")).isEqualTo("coordination.k8s.io");
  }

  @Test
  void refusesAnObjectInANamespaceThatIsNotThere() {
    Reply reply =
        api().post("/api/v1/namespaces/contract-absent/configmaps", api().configMap("x", ""));

    assertFailed(reply, 404, "NotFound");
    assertThat(reply.text("message")).isEqualTo("namespaces \"contract-absent\" not found");
  }

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
  void replacesOnlyTheVersionThatTheClientHasSeen() {
    ObjectNode seen =
        (ObjectNode)
            api().post(api().in("/configmaps"), api().configMap("versions", "\"a\": \"1\"")).body();
    ObjectNode next = seen.deepCopy();
    ((ObjectNode) next.path("data")).put("a", "2");
    Reply replaced = api().put(api().in("/configmaps/versions"), next);

    Reply stale = api().put(api().in("/configmaps/versions"), seen);

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.text("metadata", "uid")).isEqualTo(seen.at("/metadata/uid").asText());
    assertFailed(stale, 409, "Conflict");
    assertThat(stale.text("message"))
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"versions\": the object has been"
                + " modified; please apply your changes to the latest version and try again");
  }

  @Test
  void replacesWithoutAVersionUnconditionally() {
    api().post(api().in("/configmaps"), api().configMap("anyversion", "\"a\": \"1\""));

    Reply replaced =
        api()
            .put(api().in("/configmaps/anyversion"), api().configMap("anyversion", "\"a\": \"2\""));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.text("data", "a")).isEqualTo("2");
  }

  @Test
  void keepsTheVersionWhenAWriteChangesNothing() {
    Reply created = api().post(api().in("/configmaps"), api().configMap("same", "\"a\": \"1\""));

    Reply replaced = api().put(api().in("/configmaps/same"), created.body());

    assertThat(replaced.text("metadata", "resourceVersion"))
        .isEqualTo(created.text("metadata", "resourceVersion"));
  }

  @Test
  void refusesToReplaceAnotherObjectOfTheSameName() {
    Reply created = api().post(api().in("/configmaps"), api().configMap("uids", ""));
    ObjectNode other = created.body().deepCopy();
    ((ObjectNode) other.path("metadata")).put("uid", "00000000-0000-0000-0000-000000000000");

    Reply reply = api().put(api().in("/configmaps/uids"), other);

    assertFailed(reply, 409, "Conflict");
  }

  @Test
  void refusesToReplaceWhatIsNotThere() {
    Reply reply = api().put(api().in("/configmaps/absent"), api().configMap("absent", ""));

    assertFailed(reply, 404, "NotFound");
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
  void triesWithoutDoing() {
    Reply tried = api().post(api().in("/configmaps?dryRun=All"), api().configMap("tried", ""));

    assertThat(tried.status()).isEqualTo(201);
    assertThat(api().get(api().in("/configmaps/tried")).status()).isEqualTo(404);
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

  @Test
  void refusesAServiceNameThatBeginsWithADigitOrHoldsADot() {
    Reply reply =
        api()
            .post(
                api().in("/services"),
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a.b"},
                 "spec": {"ports": [{"port": 80}]}}""");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply)).containsExactly("FieldValueInvalid metadata.name");
  }

  @Test
  void givesAServiceAnAddressAndItsDefaults() {
    Reply created =
        api()
            .post(
                api().in("/services"),
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "addressed"},
                 "spec": {"selector": {"a": "b"}, "ports": [{"port": 80}]}}""");

    assertThat(created.text("spec", "type")).isEqualTo("ClusterIP");
    assertThat(created.text("spec", "clusterIP")).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    assertThat(created.text("spec", "clusterIPs", "0"))
        .isEqualTo(created.text("spec", "clusterIP"));
    assertThat(created.text("spec", "ports", "0", "protocol")).isEqualTo("TCP");
    assertThat(created.text("spec", "ports", "0", "targetPort")).isEqualTo("80");
    assertThat(created.text("spec", "sessionAffinity")).isEqualTo("None");
    assertThat(created.text("spec", "ipFamilyPolicy")).isEqualTo("SingleStack");
    assertThat(created.text("spec", "internalTrafficPolicy")).isEqualTo("Cluster");
  }

  @Test
  void keepsAHeadlessServiceHeadless() {
    Reply created =
        api()
            .post(
                api().in("/services"),
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "headless"},
                 "spec": {"clusterIP": "None", "selector": {"a": "b"},
                          "ports": [{"name": "x", "port": 7078}]}}""");

    assertThat(created.text("spec", "clusterIP")).isEqualTo("None");
    assertThat(created.text("spec", "clusterIPs", "0")).isEqualTo("None");
  }

  @Test
  void neverChangesAnImmutableConfigMap() {
    api()
        .post(
            api().in("/configmaps"),
            """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "fixed"},
             "immutable": true, "data": {"a": "1"}}""");

    Reply reply =
        api().patch(api().in("/configmaps/fixed"), ApiUnderTest.MERGE, "{\"data\":{\"a\":\"2\"}}");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply)).containsExactly("FieldValueForbidden data");
  }

  @Test
  void storesTextOfASecretAsData() {
    Reply created =
        api()
            .post(
                api().in("/secrets"),
                """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "secret"},
                 "stringData": {"a": "b"}}""");

    assertThat(created.text("data", "a")).isEqualTo("Yg==");
    assertThat(created.text("type")).isEqualTo("Opaque");
    assertThat(created.body().has("stringData")).isFalse();
  }

  @Test
  void wantsAVersionWhenALeaseIsReplaced() {
    String path = "/apis/coordination.k8s.io/v1/namespaces/" + api().namespace() + "/leases";
    String lease =
        """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "lease"},
         "spec": {"holderIdentity": "%s"}}""";
    api().post(path, lease.formatted("a"));

    Reply reply = api().put(path + "/lease", lease.formatted("b"));

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply)).isEqualTo(List.of("FieldValueInvalid metadata.resourceVersion"));
  }

  @Test
  void storesRoles() {
    Reply created =
        api()
            .post(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/" + api().namespace() + "/roles",
                """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
                 "metadata": {"name": "reader"},
                 "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}""");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("rules", "0", "verbs", "0")).isEqualTo("get");
  }
}
