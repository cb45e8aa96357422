package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists by labels, by fields and by pages. */
class SelectionContractIT extends ApiContract {

  @BeforeAll
  void fill() {
    object("a", "app: spark, tier: driver");
    object("b", "app: spark, tier: executor");
    object("c", "app: other, size: '5'");
    api().post(api().in("/pods"), api().pod("here", "\"nodeName\": \"contract-node\""));
    api().post(api().in("/pods"), api().pod("there", ""));
    api()
        .patch(
            api().in("/pods/here/status"),
            RunningApi.MERGE,
            "{\"status\":{\"phase\":\"Running\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=spark | a b",
        "app==spark,tier=driver | a",
        "app!=spark,app | c",
        "app in (spark, other),tier | a b",
        "tier notin (driver),app | b c",
        "app,!tier | c",
        "size>4 | c",
        "app in (nothing) | ''",
      })
  void selectsByLabels(String selector, String expected) {
    Reply list = api().get(api().in("/configmaps?labelSelector=" + encoded(selector)));

    assertThat(String.join(" ", names(list))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec.nodeName=contract-node | here",
        "spec.nodeName= | there",
        "status.phase=Running | here",
        "status.phase!=Running,status.phase!=Failed | there",
        "metadata.name=there | there",
      })
  void selectsPodsByFields(String selector, String expected) {
    Reply list = api().get(api().in("/pods?fieldSelector=" + encoded(selector)));

    assertThat(String.join(" ", names(list))).isEqualTo(expected);
  }

  @Test
  void refusesAFieldThatCannotBeSelected() {
    Reply reply = api().get(api().in("/pods?fieldSelector=spec.hostname%3Dx"));

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message")).contains("field label not supported: spec.hostname");
  }

  @Test
  void refusesASelectorThatCannotBeRead() {
    Reply reply = api().get(api().in("/pods?labelSelector=" + encoded("a in b")));

    assertFailed(reply, 400, "BadRequest");
  }

  @Test
  void selectsEventsByWhatTheyAreAbout() {
    api()
        .post(
            api().in("/events"),
            """
            {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "told.1"},
             "involvedObject": {"kind": "Pod", "name": "here", "namespace": "%s", "uid": "u-1"},
             "reason": "Told", "message": "about here", "type": "Warning"}"""
                .formatted(api().namespace()));

    Reply list =
        api()
            .get(
                api()
                    .in(
                        "/events?fieldSelector="
                            + encoded(
                                "involvedObject.name=here,involvedObject.uid=u-1,type=Warning")));

    assertThat(names(list)).containsExactly("told.1");
  }

  @Test
  void showsCoreEventsInTheNewerFormToo() {
    api()
        .post(
            api().in("/events"),
            """
            {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "told.2"},
             "involvedObject": {"kind": "Pod", "name": "x", "namespace": "%s"},
             "reason": "Told", "message": "a note", "type": "Normal"}"""
                .formatted(api().namespace()));

    Reply event =
        api().get("/apis/events.k8s.io/v1/namespaces/" + api().namespace() + "/events/told.2");

    assertThat(event.text("apiVersion")).isEqualTo("events.k8s.io/v1");
    assertThat(event.text("note")).isEqualTo("a note");
    assertThat(event.text("regarding", "name")).isEqualTo("x");
  }

  @Test
  void listsAllNamespaces() {
    Reply list = api().get("/api/v1/configmaps?labelSelector=app%3Dspark");

    assertThat(names(list)).contains("a", "b");
    assertThat(list.text("kind")).isEqualTo("ConfigMapList");
    assertThat(list.text("metadata", "resourceVersion")).matches("\\d+");
    assertThat(list.at("items", "0").has("kind")).isFalse();
  }

  @Test
  void listsPageByPageOneMoment() {
    String all = "/configmaps?labelSelector=app&limit=2";
    Reply first = api().get(api().in(all));
    object("aa", "app: late");

    Reply second =
        api().get(api().in(all + "&continue=" + encoded(first.text("metadata", "continue"))));

    assertThat(names(first)).containsExactly("a", "b");
    assertThat(first.at("metadata", "remainingItemCount").isMissingNode()).isTrue();
    assertThat(names(second)).containsExactly("c");
    assertThat(second.text("metadata", "continue")).isEmpty();
    api().delete(api().in("/configmaps/aa"));
  }

  @Test
  void deletesWhatASelectorSelects() {
    object("gone-1", "doomed: 'yes'");
    object("gone-2", "doomed: 'yes'");

    Reply deleted = api().delete(api().in("/configmaps?labelSelector=doomed%3Dyes"));

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(names(api().get(api().in("/configmaps?labelSelector=doomed")))).isEmpty();
    assertThat(names(api().get(api().in("/configmaps?labelSelector=app%3Dspark"))))
        .containsExactly("a", "b");
  }

  private void object(String name, String labels) {
    api()
        .patch(
            api().in("/configmaps/" + name + "?fieldManager=contract"),
            RunningApi.APPLY,
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
                + name
                + ", labels: {"
                + labels
                + "}}}");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
