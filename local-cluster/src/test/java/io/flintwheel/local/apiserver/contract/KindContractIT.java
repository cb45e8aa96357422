package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is particular to single kinds of objects. */
class KindContractIT extends ApiContract {

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
        api().patch(api().in("/configmaps/fixed"), RunningApi.MERGE, "{\"data\":{\"a\":\"2\"}}");

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
