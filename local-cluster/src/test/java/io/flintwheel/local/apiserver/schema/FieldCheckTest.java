package io.flintwheel.local.apiserver.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.schema.FieldCheck.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCheckTest {

  @Test
  void keepsWhatTheTypeHas() throws IOException {
    ObjectNode pod =
        json(
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"any": "key"}},
             "spec": {"containers": [{"name": "a", "ports": [{"containerPort": 80}],
               "livenessProbe": {"httpGet": {"port": "http"}},
               "resources": {"limits": {"cpu": "1", "memory": "1Gi"}}}],
               "automountServiceAccountToken": false}}""");
    ObjectNode before = pod.deepCopy();

    List<String> warnings = FieldCheck.check(ResourceTypes.PODS, pod, Mode.STRICT, List.of());

    assertThat(warnings).isEmpty();
    assertThat(pod).isEqualTo(before);
  }

  @Test
  void writesQuantitiesInTheirOneForm() throws IOException {
    ObjectNode pod =
        json(
            """
            {"spec": {"containers": [{"resources": {"limits": {"cpu": 1, "memory": "0.5Gi"}}}],
              "volumes": [{"emptyDir": {"sizeLimit": 1.5}}]}}""");

    FieldCheck.check(ResourceTypes.PODS, pod, Mode.STRICT, List.of());

    assertThat(pod)
        .isEqualTo(
            json(
                """
                {"spec": {
                  "containers": [{"resources": {"limits": {"cpu": "1", "memory": "512Mi"}}}],
                  "volumes": [{"emptyDir": {"sizeLimit": "1500m"}}]}}"""));
  }

  @Test
  void dropsWhatTheTypeDoesNotHaveAndTellsWhere() throws IOException {
    ObjectNode pod =
        json(
            """
            {"metadata": {"nme": "x"},
             "spec": {"containers": [{"name": "a"}, {"name": "b", "imag": "c"}]}}""");

    List<String> warnings = FieldCheck.check(ResourceTypes.PODS, pod, Mode.WARN, List.of());

    assertThat(warnings)
        .containsExactly(
            "unknown field \"metadata.nme\"", "unknown field \"spec.containers[1].imag\"");
    assertThat(pod)
        .isEqualTo(
            json(
                "{\"metadata\": {}, \"spec\": {\"containers\": [{\"name\":\"a\"}, {\"name\":\"b\"}]}}"));
  }

  @Test
  void dropsSilentlyWhenAskedTo() throws IOException {
    ObjectNode configMap = json("{\"dta\": {}}");

    List<String> warnings =
        FieldCheck.check(ResourceTypes.CONFIG_MAPS, configMap, Mode.IGNORE, List.of());

    assertThat(warnings).isEmpty();
    assertThat(configMap).isEmpty();
  }

  @Test
  void refusesUnknownFieldsWhenAskedToBeStrict() throws IOException {
    ObjectNode configMap = json("{\"dta\": {}, \"immutable\": true}");

    assertThatThrownBy(
            () -> FieldCheck.check(ResourceTypes.CONFIG_MAPS, configMap, Mode.STRICT, List.of()))
        .isInstanceOf(ApiFailure.class)
        .hasMessage(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                + " unknown field \"dta\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"spec": {"containers": [{"name": 1}]}}            | number into Go struct field Container.spec.containers.name of type string
          {"spec": {"hostNetwork": "yes"}}                   | string into Go struct field PodSpec.spec.hostNetwork of type bool
          {"spec": {"containers": {}}}                       | object into Go struct field PodSpec.spec.containers of type []v1.Container
          {"spec": []}                                       | array into Go struct field Pod.spec of type v1.PodSpec
          {"spec": {"terminationGracePeriodSeconds": "30"}}  | string into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int
          {"metadata": {"labels": {"a": true}}}              | bool into Go struct field ObjectMeta.metadata.labels of type string
          """)
  void refusesAValueOfTheWrongType(String pod, String words) throws IOException {
    ObjectNode object = json(pod);

    assertThatThrownBy(() -> FieldCheck.check(ResourceTypes.PODS, object, Mode.WARN, List.of()))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "500m, true", "1.5Gi, true", "1e3, true", "lots, false", "1Gb, false"})
  void knowsQuantities(String memory, boolean valid) throws IOException {
    ObjectNode pod =
        json(
            "{\"spec\": {\"containers\": [{\"resources\": {\"limits\": {\"memory\": \"%s\"}}}]}}"
                .formatted(memory));

    assertThat(accepts(ResourceTypes.PODS, pod)).isEqualTo(valid);
  }

  private static boolean accepts(ResourceType type, ObjectNode object) {
    try {
      return FieldCheck.check(type, object, Mode.WARN, List.of()).isEmpty();
    } catch (ApiFailure e) {
      assertThat(e).hasMessageContaining("quantities must match the regular expression");
      return false;
    }
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
