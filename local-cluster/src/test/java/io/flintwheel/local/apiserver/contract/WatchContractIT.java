package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches over plain HTTP, and informers over WebSockets. */
class WatchContractIT extends ApiContract {

  @Test
  void tellsChangesInTheirOrder() {
    String since = version();
    try (EventStream events = watch("&resourceVersion=" + since)) {

      put("order-1", "{}");
      put("order-2", "{}");
      put("order-1", "{\"a\": \"b\"}");
      api().delete(api().in("/configmaps/order-1"));

      assertThat(List.of(events.nextShown(), events.nextShown(), events.nextShown()))
          .containsExactly("ADDED order-1", "ADDED order-2", "MODIFIED order-1");
      assertThat(events.nextShown()).isEqualTo("DELETED order-1");
    }
  }

  @Test
  void repeatsOnlyWhatHappenedAfterAVersion() {
    put("before", "{}");
    String since = version();
    put("after", "{}");

    try (EventStream events = watch("&resourceVersion=" + since)) {

      assertThat(events.nextShown()).isEqualTo("ADDED after");
    }
  }

  @Test
  void beginsWithThePresentStateWhenNoVersionIsNamed() {
    put("present", "{}");

    try (EventStream events = watch("&fieldSelector=metadata.name%3Dpresent")) {

      JsonNode event = events.next();
      assertThat(event.path("type").asText()).isEqualTo("ADDED");
      assertThat(event.at("/object/kind").asText()).isEqualTo("ConfigMap");
      assertThat(event.at("/object/apiVersion").asText()).isEqualTo("v1");
    }
  }

  @Test
  void tellsOfEnteringAndLeavingASelection() {
    put("selected", "{}");
    String since = version();
    try (EventStream events = watch("&labelSelector=in%3Dyes&resourceVersion=" + since)) {

      label("selected", "\"yes\"");
      label("selected", "\"no\"");

      assertThat(events.nextShown()).isEqualTo("ADDED selected");
      JsonNode left = events.next();
      assertThat(left.path("type").asText()).isEqualTo("DELETED");
      assertThat(left.at("/object/metadata/labels/in").asText()).isEqualTo("yes");
    }
  }

  @Test
  void endsAWatchWhenItsTimeIsOver() {
    try (EventStream events = watch("&timeoutSeconds=1&resourceVersion=" + version())) {

      assertThat(events.untilEnd()).isEmpty();
    }
  }

  @Test
  void streamsTheInitialStateUpToABookmark() {
    put("initial", "{}");

    try (EventStream events =
        watch(
            "&fieldSelector=metadata.name%3Dinitial&sendInitialEvents=true"
                + "&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan")) {

      assertThat(events.next().path("type").asText()).isEqualTo("ADDED");
      JsonNode bookmark = events.next();
      assertThat(bookmark.path("type").asText()).isEqualTo("BOOKMARK");
      assertThat(bookmark.at("/object/metadata/annotations/k8s.io~1initial-events-end").asText())
          .isEqualTo("true");
      assertThat(bookmark.at("/object/metadata/resourceVersion").asText()).matches("\\d+");
    }
  }

  @Test
  void refusesAVersionThatIsNoNumber() {
    Reply reply = api().get(api().in("/configmaps?watch=true&resourceVersion=abc"));

    assertThat(reply.status()).isIn(400, 500);
    assertThat(reply.text("status")).isEqualTo("Failure");
  }

  /** A client that asks for one message at a time waits for ever for the rest of a cut one. */
  @Test
  void goesOnAfterAnObjectThatIsLargerThanAFrame() {
    try (SharedIndexInformer<ConfigMap> informer =
        api().client().configMaps().inNamespace(api().namespace()).inform()) {
      put("before-large", "{}");
      await().until(() -> informer.getStore().getByKey(key("before-large")) != null);
      put("large", "{\"a\": \"" + "x".repeat(300_000) + "\"}");

      put("after-large", "{}");

      await()
          .untilAsserted(
              () ->
                  assertThat(informer.getIndexer().list())
                      .extracting(configMap -> configMap.getMetadata().getName())
                      .contains("large", "after-large"));
    }
  }

  @Test
  void keepsAnInformerUpToDate() {
    put("informed-1", "{\"a\": \"1\"}");
    try (SharedIndexInformer<ConfigMap> informer =
        api().client().configMaps().inNamespace(api().namespace()).inform()) {

      put("informed-2", "{\"a\": \"1\"}");
      put("informed-1", "{\"a\": \"2\"}");

      await()
          .untilAsserted(
              () -> {
                assertThat(informer.getStore().getByKey(key("informed-1")).getData())
                    .containsEntry("a", "2");
                assertThat(informer.getStore().getByKey(key("informed-2"))).isNotNull();
              });
      api().delete(api().in("/configmaps/informed-2"));
      await().until(() -> informer.getStore().getByKey(key("informed-2")) == null);
    }
  }

  private String key(String name) {
    return api().namespace() + "/" + name;
  }

  private EventStream watch(String more) {
    return api().watch(api().in("/configmaps?watch=true" + more));
  }

  private String version() {
    return api().get(api().in("/configmaps")).text("metadata", "resourceVersion");
  }

  private void put(String name, String data) {
    api()
        .patch(
            api().in("/configmaps/" + name + "?fieldManager=contract"),
            RunningApi.APPLY,
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
                + name
                + "}, data: "
                + data
                + "}");
  }

  private void label(String name, String value) {
    api()
        .patch(
            api().in("/configmaps/" + name),
            RunningApi.MERGE,
            "{\"metadata\":{\"labels\":{\"in\":" + value + "}}}");
  }
}
