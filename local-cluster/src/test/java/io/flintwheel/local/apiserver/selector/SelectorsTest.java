package io.flintwheel.local.apiserver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=spark | true",
        "app = spark | true",
        "app!=spark | false",
        "absent!=x | true",
        "app in (a,spark) | true",
        "app notin (a,spark) | false",
        "absent notin (a) | true",
        "app | true",
        "!app | false",
        "!absent | true",
        "n>2 | true",
        "n<3 | false",
        "app=spark,n=3 | true",
        "app=spark,n=4 | false",
        "spark-role/x in (a, b),app | false",
        "empty= | true",
      })
  void matchesLabels(String selector, boolean expected) {
    ObjectNode object = Json.object();
    Json.objectAt(object, "metadata", "labels").put("app", "spark").put("n", "3").put("empty", "");

    assertThat(LabelSelector.parse(selector).matches(object)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a in b", "a=b c", "=x", "a in (b", ",", "!a=b"})
  void refusesLabelSelectorsThatCannotBeRead(String selector) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .isInstanceOfSatisfying(ApiFailure.class, e -> assertThat(e.code()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status.phase=Running | true",
        "status.phase==Running | true",
        "status.phase!=Running | false",
        "spec.nodeName= | true",
        "metadata.name=p,status.phase=Running | true",
        "spec.hostNetwork=false | true",
      })
  void matchesFields(String selector, boolean expected) {
    ObjectNode pod = Json.object();
    Json.objectAt(pod, "metadata").put("name", "p");
    Json.objectAt(pod, "status").put("phase", "Running");

    assertThat(FieldSelector.parse(ResourceTypes.PODS, selector).matches(pod)).isEqualTo(expected);
  }

  @Test
  void refusesFieldsThatATypeCannotBeSelectedBy() {
    assertThatThrownBy(() -> FieldSelector.parse(ResourceTypes.CONFIG_MAPS, "data.a=b"))
        .isInstanceOfSatisfying(ApiFailure.class, e -> assertThat(e.code()).isEqualTo(400));
  }
}
