package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletion: grace, finalizers, preconditions, what owners own, namespaces. */
class DeletionContractIT extends ApiContract {

  @Test
  void removesAtOnceWhatNothingHolds() {
    Reply created = api().post(api().in("/configmaps"), api().configMap("gone", ""));

    Reply deleted = api().delete(api().in("/configmaps/gone"));

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.text("kind")).isEqualTo("Status");
    assertThat(deleted.text("status")).isEqualTo("Success");
    assertThat(deleted.text("details", "uid")).isEqualTo(created.text("metadata", "uid"));
    assertFailed(api().get(api().in("/configmaps/gone")), 404, "NotFound");
  }

  @Test
  void removesAPodWithoutANodeAtOnce() {
    api().post(api().in("/pods"), api().pod("unscheduled", ""));

    Reply deleted = api().delete(api().in("/pods/unscheduled"));

    assertThat(deleted.text("kind")).isEqualTo("Pod");
    assertThat(api().get(api().in("/pods/unscheduled")).status()).isEqualTo(404);
  }

  @Test
  void removesAPodThatHasEndedAtOnce() {
    onNode("ended");
    api()
        .patch(
            api().in("/pods/ended/status"),
            RunningApi.MERGE,
            "{\"status\":{\"phase\":\"Succeeded\"}}");

    api().delete(api().in("/pods/ended"));

    assertThat(api().get(api().in("/pods/ended")).status()).isEqualTo(404);
  }

  @Test
  void givesAPodOnANodeItsTime() {
    onNode("graceful");

    Reply deleted = api().delete(api().in("/pods/graceful"));

    Reply seen = api().get(api().in("/pods/graceful"));
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(seen.text("metadata", "deletionTimestamp")).endsWith("Z");
    assertThat(seen.at("metadata", "deletionGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(seen.at("metadata", "generation").asInt()).isEqualTo(2);
    assertThat(seen.text("status", "phase")).isEqualTo("Pending");
    api().delete(api().in("/pods/graceful"), "{\"gracePeriodSeconds\": 0}");
    assertThat(api().get(api().in("/pods/graceful")).status()).isEqualTo(404);
  }

  @Test
  void takesANegativeTimeForOneSecond() {
    onNode("negative");

    Reply deleted = api().delete(api().in("/pods/negative?gracePeriodSeconds=-5"));

    assertThat(deleted.at("metadata", "deletionGracePeriodSeconds").asInt()).isEqualTo(1);
    api().delete(api().in("/pods/negative?gracePeriodSeconds=0"));
  }

  @Test
  void onlyEverShortensTheTimeOfAPod() {
    onNode("shorter");
    api().delete(api().in("/pods/shorter?gracePeriodSeconds=20"));

    api().delete(api().in("/pods/shorter?gracePeriodSeconds=25"));
    Reply longer = api().get(api().in("/pods/shorter"));
    api().delete(api().in("/pods/shorter?gracePeriodSeconds=10"));
    Reply shorter = api().get(api().in("/pods/shorter"));

    assertThat(longer.at("metadata", "deletionGracePeriodSeconds").asInt()).isEqualTo(20);
    assertThat(shorter.at("metadata", "deletionGracePeriodSeconds").asInt()).isEqualTo(10);
    api().delete(api().in("/pods/shorter?gracePeriodSeconds=0"));
  }

  @Test
  void countsTheDeletionOfAPodOnce() {
    onNode("counted");
    api().delete(api().in("/pods/counted?gracePeriodSeconds=20"));
    Reply again = api().post(api().in("/pods"), api().pod("counted", ""));

    api().delete(api().in("/pods/counted?gracePeriodSeconds=10"));
    Reply shorter = api().get(api().in("/pods/counted"));
    Reply forced = api().delete(api().in("/pods/counted?gracePeriodSeconds=0"));

    assertThat(shorter.at("metadata", "generation").asInt()).isEqualTo(2);
    assertThat(forced.at("metadata", "generation").asInt()).isEqualTo(2);
    assertThat(forced.at("metadata", "deletionGracePeriodSeconds").asText()).isEqualTo("0");
    assertFailed(again, 409, "AlreadyExists");
    assertThat(again.text("message"))
        .isEqualTo("object is being deleted: pods \"counted\" already exists");
  }

  @Test
  void deletesOnlyTheObjectThatTheClientMeans() {
    api().post(api().in("/configmaps"), api().configMap("meant", ""));

    Reply byUid =
        api()
            .delete(
                api().in("/configmaps/meant"),
                "{\"preconditions\": {\"uid\": \"00000000-0000-0000-0000-000000000000\"}}");
    Reply byVersion =
        api()
            .delete(
                api().in("/configmaps/meant"), "{\"preconditions\": {\"resourceVersion\": \"1\"}}");

    assertFailed(byUid, 409, "Conflict");
    assertFailed(byVersion, 409, "Conflict");
    assertThat(byUid.text("message"))
        .startsWith(
            "Operation cannot be fulfilled on ConfigMap \"meant\": the UID in the precondition"
                + " (00000000-0000-0000-0000-000000000000) does not match the UID in record (")
        .endsWith("). The object might have been deleted and then recreated");
    assertThat(byUid.text("details", "kind")).isEqualTo("ConfigMap");
    assertThat(byVersion.text("message"))
        .contains("the ResourceVersion in the precondition (1) does not match")
        .endsWith("). The object might have been modified");
    assertThat(api().get(api().in("/configmaps/meant")).status()).isEqualTo(200);
  }

  @Test
  void waitsForFinalizers() {
    api()
        .post(
            api().in("/configmaps"),
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "held", "finalizers": ["flintwheel.io/test"]}}""");

    Reply deleted = api().delete(api().in("/configmaps/held"));

    assertThat(deleted.text("kind")).isEqualTo("ConfigMap");
    assertThat(deleted.text("metadata", "deletionTimestamp")).endsWith("Z");
    Reply more =
        api()
            .patch(
                api().in("/configmaps/held"),
                RunningApi.MERGE,
                "{\"metadata\":{\"finalizers\":[\"flintwheel.io/test\",\"flintwheel.io/new\"]}}");
    assertFailed(more, 422, "Invalid");
    api()
        .patch(
            api().in("/configmaps/held"), RunningApi.MERGE, "{\"metadata\":{\"finalizers\":null}}");
    assertThat(api().get(api().in("/configmaps/held")).status()).isEqualTo(404);
  }

  @Test
  void collectsWhatADeletedOwnerOwned() {
    String uid =
        api().post(api().in("/configmaps"), api().configMap("owner", "")).text("metadata", "uid");
    owned("owned", "owner", uid);

    api().delete(api().in("/configmaps/owner"));

    await().until(() -> api().get(api().in("/configmaps/owned")).status() == 404);
  }

  @Test
  void collectsWhatIsBornWithoutItsOwner() {
    owned("orphaned", "never-there", "11111111-2222-3333-4444-555555555555");

    await().until(() -> api().get(api().in("/configmaps/orphaned")).status() == 404);
  }

  @Test
  void leavesWhatAnOrphaningOwnerOwned() {
    String uid =
        api().post(api().in("/configmaps"), api().configMap("parting", "")).text("metadata", "uid");
    owned("left", "parting", uid);
    await().until(() -> api().get(api().in("/configmaps/left")).status() == 200);

    api().delete(api().in("/configmaps/parting"), "{\"propagationPolicy\": \"Orphan\"}");

    await().until(() -> api().get(api().in("/configmaps/parting")).status() == 404);
    Reply left = api().get(api().in("/configmaps/left"));
    assertThat(left.status()).isEqualTo(200);
    assertThat(left.at("metadata").has("ownerReferences")).isFalse();
  }

  @Test
  void deletesAnOwnerAfterWhatItOwnsInForeground() {
    String uid =
        api().post(api().in("/configmaps"), api().configMap("last", "")).text("metadata", "uid");
    owned("first", "last", uid);

    Reply deleted =
        api().delete(api().in("/configmaps/last"), "{\"propagationPolicy\": \"Foreground\"}");

    assertThat(deleted.at("metadata", "finalizers").toString())
        .isEqualTo("[\"foregroundDeletion\"]");
    await().until(() -> api().get(api().in("/configmaps/last")).status() == 404);
    assertThat(api().get(api().in("/configmaps/first")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Background", "Foreground"})
  void leavesWhatAnotherOwnerKeeps(String propagation) {
    String name = propagation.toLowerCase(Locale.ROOT);
    String going = owner(name + "-going");
    String staying = owner(name + "-staying");
    api()
        .post(
            api().in("/configmaps"),
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "%1$s-shared", "ownerReferences": [
               {"apiVersion": "v1", "kind": "ConfigMap", "name": "%1$s-going", "uid": "%2$s",
                "blockOwnerDeletion": true},
               {"apiVersion": "v1", "kind": "ConfigMap", "name": "%1$s-staying", "uid": "%3$s"}]}}"""
                .formatted(name, going, staying));

    api()
        .delete(
            api().in("/configmaps/" + name + "-going"),
            "{\"propagationPolicy\": \"%s\"}".formatted(propagation));

    String shared = api().in("/configmaps/" + name + "-shared");
    await().until(() -> api().get(shared).at("metadata", "ownerReferences").size() == 1);
    Reply left = api().get(shared);
    assertThat(left.text("metadata", "ownerReferences", "0", "uid")).isEqualTo(staying);
    assertThat(left.at("metadata").has("deletionTimestamp")).isFalse();
    await().until(() -> api().get(api().in("/configmaps/" + name + "-going")).status() == 404);
  }

  @Test
  void deletesGrandchildrenBeforeTheirParentsInForeground() {
    String top = owner("top");
    String middle = owned("middle", "top", top).text("metadata", "uid");
    api()
        .post(
            api().in("/configmaps"),
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "leaf", "finalizers": ["flintwheel.io/test"],
               "ownerReferences": [
                 {"apiVersion": "v1", "kind": "ConfigMap", "name": "middle", "uid": "%s",
                  "blockOwnerDeletion": true}]}}"""
                .formatted(middle));

    api().delete(api().in("/configmaps/top"), "{\"propagationPolicy\": \"Foreground\"}");

    await()
        .until(
            () -> api().get(api().in("/configmaps/leaf")).at("metadata").has("deletionTimestamp"));
    assertThat(api().get(api().in("/configmaps/middle")).at("metadata", "finalizers").toString())
        .isEqualTo("[\"foregroundDeletion\"]");
    assertThat(api().get(api().in("/configmaps/top")).status()).isEqualTo(200);
    api()
        .patch(
            api().in("/configmaps/leaf"), RunningApi.MERGE, "{\"metadata\":{\"finalizers\":null}}");
    await().until(() -> api().get(api().in("/configmaps/top")).status() == 404);
  }

  @Test
  void emptiesADeletedNamespace() {
    String name = api().namespace() + "-x";
    api()
        .post(
            "/api/v1/namespaces",
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                + name
                + "\"}}");
    String inside = "/api/v1/namespaces/" + name + "/configmaps";
    api()
        .post(
            inside,
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "held", "finalizers": ["flintwheel.io/test"]}}""");

    Reply deleted = api().delete("/api/v1/namespaces/" + name);

    assertThat(deleted.text("status", "phase")).isEqualTo("Terminating");
    Reply late = api().post(inside, api().configMap("late", ""));
    assertFailed(late, 403, "Forbidden");
    assertThat(late.text("message")).contains("because it is being terminated");
    api().patch(inside + "/held", RunningApi.MERGE, "{\"metadata\":{\"finalizers\":null}}");
    await().until(() -> api().get("/api/v1/namespaces/" + name).status() == 404);
    assertThat(api().get(inside + "/held").status()).isEqualTo(404);
  }

  private void onNode(String name) {
    api().post(api().in("/pods"), api().pod(name, "\"nodeName\": \"contract-node\""));
  }

  private String owner(String name) {
    return api().post(api().in("/configmaps"), api().configMap(name, "")).text("metadata", "uid");
  }

  private Reply owned(String name, String owner, String uid) {
    return api()
        .post(
            api().in("/configmaps"),
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "%s", "ownerReferences": [
               {"apiVersion": "v1", "kind": "ConfigMap", "name": "%s", "uid": "%s",
                "controller": true, "blockOwnerDeletion": true}]}}"""
                .formatted(name, owner, uid));
  }
}
