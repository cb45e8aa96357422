package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests say beside their objects: options, versions, content types. */
class OptionsContractIT extends ApiContract {

  @BeforeAll
  void fill() {
    api().post(api().in("/configmaps"), api().configMap("present", "\"a\": \"1\""));
    api().post(api().in("/pods"), api().pod("quiet", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resourceVersion=abc | 400 | BadRequest | invalid resource version
          resourceVersion=99999999999 | 504 | Timeout | Too large resource version: 99999999999
          resourceVersionMatch=Exact | 422 | Invalid | forbidden unless resourceVersion is provided
          resourceVersionMatch=Exact&resourceVersion=0 | 422 | Invalid | is forbidden for resourceVersion "0"
          resourceVersionMatch=Nope&resourceVersion=1 | 422 | Invalid | Unsupported value: "Nope"
          labelSelector=a/b/c%3Dd | 400 | BadRequest | unable to parse requirement: <nil>: Invalid value: "a/b/c": a valid label key must
          labelSelector=a%3D- | 400 | BadRequest | unable to parse requirement: values[0][a]: Invalid value: "-": a valid label must
          limit=abc | 400 | BadRequest | strconv.ParseInt: parsing "abc": invalid syntax
          """)
  void refusesAListThatItCannotUnderstand(String query, int code, String reason, String message) {
    Reply reply = api().get(api().in("/pods?" + query));

    assertFailed(reply, code, reason);
    assertThat(reply.text("message")).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /configmaps?dryRun=Some | {"metadata": {"name": "x"}} | dryRun
          POST | /configmaps?fieldValidation=Nope | {"metadata": {"name": "x"}} | fieldValidation
          PUT | /configmaps/present?fieldValidation=Nope | {"metadata": {"name": "present"}} | fieldValidation
          DELETE | /configmaps/present?propagationPolicy=Nope | | propagationPolicy
          DELETE | /configmaps/present | {"propagationPolicy": "Nope"} | propagationPolicy
          """)
  void namesAnOptionOfAWriteThatIsWrong(
      String method, String path, @Nullable String body, String option) {
    Reply reply = api().send(method, api().in(path), "application/json", body);

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply).toString()).contains("FieldValueNotSupported " + option);
    assertThat(reply.text("message")).contains("Options.meta.k8s.io \"\" is invalid: " + option);
  }

  @Test
  void forcesNothingButAnApply() {
    Reply reply = api().patch(api().in("/configmaps/present?force=true"), RunningApi.MERGE, "{}");

    assertFailed(reply, 422, "Invalid");
    assertThat(causes(reply).toString()).contains("FieldValueForbidden force");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /configmaps | text/plain
          PATCH | /configmaps/present | application/json
          PATCH | /configmaps/present | text/plain
          """)
  void readsOnlyContentThatItKnows(String method, String path, String contentType) {
    Reply reply = api().send(method, api().in(path), contentType, "{\"metadata\": {}}");

    assertFailed(reply, 415, "UnsupportedMediaType");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tailLines=-1 | tailLines: Invalid value: -1: must be greater than or equal to 0
          sinceSeconds=0 | sinceSeconds: Invalid value: 0: must be greater than 0
          limitBytes=0 | limitBytes: Invalid value: 0: must be greater than 0
          sinceSeconds=1&sinceTime=2030-01-01T00:00:00Z | at most one of `sinceTime` or `sinceSeconds`
          """)
  void namesAnOptionOfALogThatIsWrong(String query, String message) {
    Reply reply = api().get(api().in("/pods/quiet/log?" + query));

    assertFailed(reply, 422, "Invalid");
    assertThat(reply.text("message"))
        .startsWith("PodLogOptions \"quiet\" is invalid: ")
        .contains(message);
  }

  @Test
  void watchesCollectionsOnly() {
    Reply reply = api().get(api().in("/pods/quiet?watch=true"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("kind")).isEqualTo("Pod");
  }

  @Test
  void findsNoSubresourceThatATypeHasNot() {
    Reply reply = api().get(api().in("/pods/quiet/nope"));

    assertFailed(reply, 404, "NotFound");
  }

  @Test
  void waitsForNoVersionThatIsNotThereYet() {
    Reply reply = api().get(api().in("/configmaps/present?resourceVersion=99999999999"));

    assertFailed(reply, 504, "Timeout");
    assertThat(reply.text("message")).contains("Too large resource version: 99999999999");
  }

  @ParameterizedTest
  @CsvSource({"text/html", "image/png;q=0.1", "application/cbor", "application/*"})
  void answersInNoFormThatItDoesNotKnow(String accept) {
    Reply reply = api().getAccepting(accept, api().in("/configmaps/present"));

    assertFailed(reply, 406, "NotAcceptable");
    assertThat(reply.text("message"))
        .isEqualTo(
            "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,"
                + " application/vnd.kubernetes.protobuf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html, */*", "application/json;q=0.9", "application/json; charset=utf-8"})
  void answersWhoTakesJson(String accept) {
    Reply reply = api().getAccepting(accept, api().in("/configmaps/present"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("kind")).isEqualTo("ConfigMap");
  }

  @Test
  void refusesAGracePeriodThatIsNoNumber() {
    Reply reply = api().delete(api().in("/pods/nope?gracePeriodSeconds=x"));

    assertFailed(reply, 400, "BadRequest");
    assertThat(reply.text("message")).isEqualTo("strconv.ParseInt: parsing \"x\": invalid syntax");
  }

  @Test
  void refusesTwoWordsOnWhatBecomesOfDependents() {
    Reply reply =
        api()
            .delete(
                api().in("/configmaps/present"),
                "{\"propagationPolicy\": \"Orphan\", \"orphanDependents\": true}");

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply))
        .containsExactly(
            "Invalid propagationPolicy: Invalid value: \"Orphan\": orphanDependents and"
                + " deletionPropagation cannot be both set");
  }

  @Test
  void refusesAVersionOfANewObject() {
    String body =
        """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "versioned", "resourceVersion": "1"}}""";

    Reply tried = api().post(api().in("/configmaps?dryRun=All"), body);
    Reply created = api().post(api().in("/configmaps"), body);

    assertThat(tried.status()).as(tried.text("message")).isEqualTo(201);
    assertThat(created.status()).isEqualTo(500);
    assertThat(created.text("message"))
        .isEqualTo("resourceVersion should not be set on objects to be created");
  }

  @Test
  void refusesAPrefixThatNoNameMayHave() {
    String prefix = "g".repeat(300);

    Reply reply =
        api()
            .post(
                api().in("/configmaps?dryRun=All"),
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"generateName\":\"%s\"}}"
                    .formatted(prefix));

    assertFailed(reply, 422, "Invalid");
    assertThat(told(reply))
        .containsExactly(
            "Invalid metadata.generateName: Invalid value: \"%s\": must be no more than 253 characters"
                .formatted(prefix));
  }

  @ParameterizedTest
  @CsvSource({"exec", "attach", "portforward"})
  void leadsIntoNoPodThatIsNotThere(String subresource) {
    Reply reply = api().post(api().in("/pods/nope/" + subresource + "?command=ls"), "");

    assertFailed(reply, 404, "NotFound");
    assertThat(reply.text("message")).isEqualTo("pods \"nope\" not found");
  }

  @ParameterizedTest
  @CsvSource({"default", "kube-system", "kube-public"})
  void keepsTheNamespacesThatEveryClusterHas(String namespace) {
    Reply reply = api().delete("/api/v1/namespaces/" + namespace);

    assertFailed(reply, 403, "Forbidden");
    assertThat(reply.text("message")).endsWith("this namespace may not be deleted");
  }

  @Test
  void doesNotKnowATokenOfNobody() {
    Reply reply =
        api()
            .post(
                "/apis/authentication.k8s.io/v1/tokenreviews", "{\"spec\": {\"token\": \"none\"}}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.at("status", "authenticated").asBoolean()).isFalse();
    assertThat(reply.text("status", "error")).contains("invalid bearer token");
  }
}
