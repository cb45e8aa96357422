package io.flintwheel.local.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StrategicMergePatchTest {

  @Test
  void mergesListsByKeyAndKeepsTheOthers() {
    JsonNode result =
        patched(
            "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}",
            "{'spec':{'containers':[{'name':'b','image':'2'},{'name':'c','image':'3'}]}}");

    assertThat(result)
        .isEqualTo(
            json(
                "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'},"
                    + "{'name':'c','image':'3'}]}}"));
  }

  @Test
  void replacesListsWithoutAKey() {
    JsonNode result =
        patched("{'spec':{'tolerations':[{'key':'a'}]}}", "{'spec':{'tolerations':[{'key':'b'}]}}");

    assertThat(result).isEqualTo(json("{'spec':{'tolerations':[{'key':'b'}]}}"));
  }

  @Test
  void tellsPortsOfContainersAndServicesApart() {
    ObjectNode service = (ObjectNode) json("{'spec':{'ports':[{'port':80,'name':'a'}]}}");
    ObjectNode change = (ObjectNode) json("{'spec':{'ports':[{'port':80,'name':'b'}]}}");

    ObjectNode result = StrategicMergePatch.apply("Service", service, change);

    assertThat(result).isEqualTo(json("{'spec':{'ports':[{'port':80,'name':'b'}]}}"));
  }

  @Test
  void deletesAnElementAndReplacesAList() {
    JsonNode deleted =
        patched(
            "{'spec':{'volumes':[{'name':'a'},{'name':'b'}]}}",
            "{'spec':{'volumes':[{'name':'a','$patch':'delete'}]}}");
    JsonNode replaced =
        patched(
            "{'spec':{'volumes':[{'name':'a'},{'name':'b'}]}}",
            "{'spec':{'volumes':[{'$patch':'replace'},{'name':'c'}]}}");

    assertThat(deleted).isEqualTo(json("{'spec':{'volumes':[{'name':'b'}]}}"));
    assertThat(replaced).isEqualTo(json("{'spec':{'volumes':[{'name':'c'}]}}"));
  }

  @Test
  void ordersElementsAsTold() {
    JsonNode result =
        patched(
            "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
            "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}],"
                + "'containers':[{'name':'a','image':'x'}]}}");

    assertThat(result)
        .isEqualTo(json("{'spec':{'containers':[{'name':'b'},{'name':'a','image':'x'}]}}"));
  }

  @Test
  void keepsOnlyTheKeysThatAreToldToStay() {
    JsonNode result =
        patched(
            "{'spec':{'volumes':[{'name':'a','emptyDir':{}}]}}",
            "{'spec':{'volumes':[{'$retainKeys':['name','hostPath'],'name':'a',"
                + "'hostPath':{'path':'/x'}}]}}");

    assertThat(result)
        .isEqualTo(json("{'spec':{'volumes':[{'name':'a','hostPath':{'path':'/x'}}]}}"));
  }

  @Test
  void deletesFieldsByNullAndMembersOfSetsByDirective() {
    JsonNode result =
        patched(
            "{'metadata':{'finalizers':['a/a','b/b'],'labels':{'x':'y'}}}",
            "{'metadata':{'labels':{'x':null},'$deleteFromPrimitiveList/finalizers':['a/a'],"
                + "'finalizers':['c/c']}}");

    assertThat(result).isEqualTo(json("{'metadata':{'finalizers':['b/b','c/c'],'labels':{}}}"));
  }

  @Test
  void refusesAnElementWithoutItsKey() {
    assertThatThrownBy(
            () -> patched("{'spec':{'containers':[]}}", "{'spec':{'containers':[{'image':'x'}]}}"))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("does not contain declared merge key: name");
  }

  private static JsonNode patched(String target, String patch) {
    return StrategicMergePatch.apply("Pod", (ObjectNode) json(target), (ObjectNode) json(patch));
  }

  private static JsonNode json(String text) {
    try {
      return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
