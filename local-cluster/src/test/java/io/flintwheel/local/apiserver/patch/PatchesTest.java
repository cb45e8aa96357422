package io.flintwheel.local.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.patch.FieldOwners.Writer;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchesTest {

  private static final String NOW = "2026-01-01T00:00:00Z";

  /** The cases of RFC 7386's appendix. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}",
        "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
        "{'a':'b'} | {'a':null} | {}",
        "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
        "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':'c'} | {'a':['b']} | {'a':['b']}",
        "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
        "{'e':null} | {'a':1} | {'e':null,'a':1}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
      })
  void mergesAsTheStandardSays(String target, String patch, String result) {
    assertThat(MergePatch.apply(json(target), json(patch))).isEqualTo(json(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'a':[1,3]} | [{'op':'add','path':'/a/1','value':2}] | {'a':[1,2,3]}",
        "{'a':[1]} | [{'op':'add','path':'/a/-','value':2}] | {'a':[1,2]}",
        "{'a':[1,2]} | [{'op':'replace','path':'/a/0','value':9}] | {'a':[9,2]}",
        "{'a':[1,2]} | [{'op':'remove','path':'/a/0'}] | {'a':[2]}",
        "{'a':1} | [{'op':'move','from':'/a','path':'/b'}] | {'b':1}",
        "{'a/b':1} | [{'op':'replace','path':'/a~1b','value':2}] | {'a/b':2}",
      })
  void carriesOutJsonPatches(String target, String patch, String result) {
    assertThat(JsonPatch.apply(json(target), json(patch))).isEqualTo(json(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[{'op':'test','path':'/a','value':2}]",
        "[{'op':'remove','path':'/b'}]",
        "[{'op':'replace','path':'/b','value':1}]",
        "[{'op':'add','path':'/b/c','value':1}]",
        "[{'op':'leap','path':'/a'}]",
      })
  void refusesAJsonPatchThatDoesNotFit(String patch) {
    JsonNode target = json("{'a':1}");

    assertThatThrownBy(() -> JsonPatch.apply(target, json(patch)))
        .isInstanceOfSatisfying(ApiFailure.class, e -> assertThat(e.code()).isEqualTo(422));
    assertThat(target).isEqualTo(json("{'a':1}"));
  }

  @Test
  void aSharedFieldStaysWhenOneOfItsOwnersLetsItGo() {
    ObjectNode live = object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'}}");
    ObjectNode wanted =
        object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{},'data':{'a':'1'}}");
    ObjectNode nothing = object("{'apiVersion':'v1','kind':'ConfigMap','metadata':{}}");
    ObjectNode one = ServerSideApply.apply(live, wanted, new Writer("one", ""), false, NOW);
    ObjectNode two = ServerSideApply.apply(one, wanted, new Writer("two", ""), false, NOW);

    ObjectNode oneLess = ServerSideApply.apply(two, nothing, new Writer("one", ""), false, NOW);
    ObjectNode none = ServerSideApply.apply(oneLess, nothing, new Writer("two", ""), false, NOW);

    assertThat(oneLess.path("data")).isEqualTo(json("{'a':'1'}"));
    assertThat(none.path("data").isMissingNode()).isTrue();
  }

  @Test
  void writesOwnersInTheNotationOfTheRealServer() {
    ObjectNode pod =
        object(
            "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'x','labels':{'a':'b'}},"
                + "'spec':{'containers':[{'name':'c','image':'i'}]}}");

    FieldOwners.recordUpdate(Json.object(), pod, new Writer("me", ""), NOW);

    assertThat(pod.path("metadata").path("managedFields").get(0).path("fieldsV1").toString())
        .isEqualTo(
            "{\"f:metadata\":{\"f:labels\":{\"f:a\":{}}},\"f:spec\":{\"f:containers\":"
                + "{\"k:{\\\"name\\\":\\\"c\\\"}\":{\".\":{},\"f:name\":{},\"f:image\":{}}}}}");
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  private static JsonNode json(String text) {
    try {
      return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
