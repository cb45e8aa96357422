package io.flintwheel.local.apiserver.contract;

import static io.flintwheel.local.apiserver.contract.RunningApi.APPLY;
import static io.flintwheel.local.apiserver.contract.RunningApi.JSON_PATCH;
import static io.flintwheel.local.apiserver.contract.RunningApi.MERGE;
import static io.flintwheel.local.apiserver.contract.RunningApi.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The four kinds of patch. */
class PatchContractIT extends ApiContract {

  @Test
  void mergesAndDeletesByNull() {
    configMap("merge", "\"a\": \"1\", \"b\": \"2\"");

    Reply patched =
        api().patch(api().in("/configmaps/merge"), MERGE, "{\"data\":{\"a\":null,\"c\":\"3\"}}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.at("data")).isEqualTo(RunningApi.json("{\"b\":\"2\",\"c\":\"3\"}"));
  }

  @Test
  void refusesAPatchOfAnotherVersion() {
    configMap("merge-version", "");

    Reply patched =
        api()
            .patch(
                api().in("/configmaps/merge-version"),
                MERGE,
                "{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{\"a\":\"1\"}}");

    assertFailed(patched, 409, "Conflict");
  }

  @Test
  void refusesAPatchOfAnotherUid() {
    configMap("merge-uid", "");

    Reply patched =
        api()
            .patch(
                api().in("/configmaps/merge-uid"),
                MERGE,
                "{\"metadata\":{\"uid\":\"no\"},\"data\":{\"a\":\"1\"}}");

    assertFailed(patched, 422, "Invalid");
    assertThat(causes(patched)).containsOnly("FieldValueInvalid metadata.uid");
  }

  @Test
  void refusesAKindOfPatchThatDoesNotExist() {
    configMap("kind", "");

    Reply patched = api().patch(api().in("/configmaps/kind"), "text/plain", "{}");

    assertFailed(patched, 415, "UnsupportedMediaType");
  }

  @Test
  void stepsThroughAJsonPatch() {
    configMap("steps", "\"a\": \"1\", \"b\": \"2\"");

    Reply patched =
        api()
            .patch(
                api().in("/configmaps/steps"),
                JSON_PATCH,
                """
                [{"op": "test", "path": "/data/a", "value": "1"},
                 {"op": "replace", "path": "/data/a", "value": "9"},
                 {"op": "remove", "path": "/data/b"},
                 {"op": "add", "path": "/metadata/labels", "value": {"x": "y"}},
                 {"op": "copy", "from": "/data/a", "path": "/data/c"}]""");

    assertThat(patched.at("data")).isEqualTo(RunningApi.json("{\"a\":\"9\",\"c\":\"9\"}"));
    assertThat(patched.text("metadata", "labels", "x")).isEqualTo("y");
  }

  @Test
  void changesNothingWhenATestInAJsonPatchFails() {
    configMap("failing", "\"a\": \"1\"");

    Reply patched =
        api()
            .patch(
                api().in("/configmaps/failing"),
                JSON_PATCH,
                """
                [{"op": "replace", "path": "/data/a", "value": "9"},
                 {"op": "test", "path": "/data/a", "value": "2"}]""");

    assertFailed(patched, 422, "Invalid");
    assertThat(api().get(api().in("/configmaps/failing")).text("data", "a")).isEqualTo("1");
  }

  @Test
  void refusesToRemoveWhatIsNotThere() {
    configMap("nothing", "\"a\": \"1\"");

    Reply patched =
        api()
            .patch(
                api().in("/configmaps/nothing"),
                JSON_PATCH,
                "[{\"op\": \"remove\", \"path\": \"/data/zzz\"}]");

    assertFailed(patched, 422, "Invalid");
  }

  @Test
  void mergesListsByTheirKeys() {
    api().post(api().in("/pods"), api().pod("lists", ""));

    Reply patched =
        api()
            .patch(
                api().in("/pods/lists"),
                STRATEGIC,
                """
                {"metadata": {"labels": {"more": "yes"}},
                 "spec": {"containers": [{"name": "main", "image": "busybox:2"}]}}""");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.at("spec", "containers").size()).isEqualTo(1);
    assertThat(patched.text("spec", "containers", "0", "image")).isEqualTo("busybox:2");
    assertThat(patched.text("spec", "containers", "0", "terminationMessagePath"))
        .isEqualTo("/dev/termination-log");
    assertThat(patched.text("metadata", "labels", "contract")).isEqualTo("yes");
  }

  @Test
  void keepsConditionsOfOthersInAPatchOfTheStatus() {
    api().post(api().in("/pods"), api().pod("conditions", ""));
    statusPatch("conditions", "{\"type\": \"PodScheduled\", \"status\": \"True\"}");

    Reply patched = statusPatch("conditions", "{\"type\": \"Ready\", \"status\": \"False\"}");

    assertThat(patched.at("status", "conditions").findValuesAsText("type"))
        .containsExactlyInAnyOrder("PodScheduled", "Ready");
    assertThat(patched.text("status", "phase")).isEqualTo("Pending");
  }

  @Test
  void removesAnElementByDirective() {
    api().post(api().in("/pods"), api().pod("directive", ""));
    statusPatch("directive", "{\"type\": \"PodScheduled\", \"status\": \"True\"}");

    Reply patched =
        statusPatch("directive", "{\"type\": \"PodScheduled\", \"$patch\": \"delete\"}");

    assertThat(patched.at("status", "conditions").size()).isZero();
  }

  @Test
  void addsAndRemovesFinalizersAsASet() {
    api()
        .post(
            api().in("/configmaps"),
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "finalizers", "finalizers": ["a.io/a", "a.io/b"]}}""");
    api()
        .patch(
            api().in("/configmaps/finalizers"),
            STRATEGIC,
            "{\"metadata\":{\"finalizers\":[\"a.io/c\"]}}");

    Reply patched =
        api()
            .patch(
                api().in("/configmaps/finalizers"),
                STRATEGIC,
                "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"a.io/a\"]}}");

    assertThat(patched.at("metadata", "finalizers"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("a.io/b", "a.io/c");
    api().patch(api().in("/configmaps/finalizers"), MERGE, "{\"metadata\":{\"finalizers\":null}}");
  }

  @Test
  void applyCreatesAndThenRemovesWhatIsNoLongerNamed() {
    Reply created = apply("owned", "one", "a: '1'\n  b: '2'", "");

    Reply applied = apply("owned", "one", "b: '3'", "");

    assertThat(created.status()).isEqualTo(201);
    assertThat(applied.status()).isEqualTo(200);
    assertThat(applied.at("data")).isEqualTo(RunningApi.json("{\"b\":\"3\"}"));
  }

  @Test
  void applyKeepsTheVersionWhenNothingChanges() {
    Reply first = apply("unchanged", "one", "a: '1'", "");

    Reply second = apply("unchanged", "one", "a: '1'", "");

    assertThat(second.text("metadata", "resourceVersion"))
        .isEqualTo(first.text("metadata", "resourceVersion"));
  }

  @Test
  void applyRefusesToTakeAFieldOfAnother() {
    apply("contested", "one", "a: '1'", "");

    Reply reply = apply("contested", "two", "a: '2'", "");

    assertFailed(reply, 409, "Conflict");
    assertThat(reply.text("message"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.a");
    assertThat(causes(reply)).containsExactly("FieldManagerConflict .data.a");
  }

  @Test
  void applyTakesAFieldByForce() {
    apply("forced", "one", "a: '1'", "");

    Reply forced = apply("forced", "two", "a: '2'", "&force=true");

    assertThat(forced.text("data", "a")).isEqualTo("2");
    assertThat(apply("forced", "one", "a: '3'", "").status()).isEqualTo(409);
  }

  @Test
  void applyConflictsWithAnUpdate() {
    apply("updated", "one", "a: '1'", "");
    api()
        .patch(api().in("/configmaps/updated?fieldManager=two"), MERGE, "{\"data\":{\"a\":\"2\"}}");

    Reply reply = apply("updated", "one", "a: '1'", "");

    assertFailed(reply, 409, "Conflict");
    assertThat(reply.text("message"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"two\" using v1: .data.a");
  }

  @Test
  void applyNeedsAManager() {
    Reply reply =
        api()
            .patch(
                api().in("/configmaps/nobody"),
                APPLY,
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: nobody}}");

    assertFailed(reply, 422, "Invalid");
  }

  @Test
  void applyMergesContainersByName() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: applied}
        spec:
          schedulerName: none
          containers:
          - name: main
            image: busybox:%s
            env: [{name: A, value: x}]
        """;
    String path = api().in("/pods/applied?fieldManager=one");
    api().patch(path, APPLY, pod.formatted("1"));

    Reply applied = api().patch(path, APPLY, pod.formatted("2"));

    assertThat(applied.status()).as(applied.text("message")).isEqualTo(200);
    assertThat(applied.at("spec", "containers").size()).isEqualTo(1);
    assertThat(applied.text("spec", "containers", "0", "image")).isEqualTo("busybox:2");
  }

  @Test
  void patchesWithoutDoing() {
    configMap("dry", "\"a\": \"1\"");

    Reply tried =
        api().patch(api().in("/configmaps/dry?dryRun=All"), MERGE, "{\"data\":{\"a\":\"2\"}}");

    assertThat(tried.text("data", "a")).isEqualTo("2");
    assertThat(api().get(api().in("/configmaps/dry")).text("data", "a")).isEqualTo("1");
  }

  private void configMap(String name, String data) {
    api().post(api().in("/configmaps"), api().configMap(name, data));
  }

  private Reply statusPatch(String pod, String condition) {
    return api()
        .patch(
            api().in("/pods/" + pod + "/status"),
            STRATEGIC,
            "{\"status\":{\"conditions\":[" + condition + "]}}");
  }

  private Reply apply(String name, String manager, String data, String more) {
    return api()
        .patch(
            api().in("/configmaps/" + name + "?fieldManager=" + manager + more),
            APPLY,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s}
            data:
              %s
            """
                .formatted(name, data));
  }
}
