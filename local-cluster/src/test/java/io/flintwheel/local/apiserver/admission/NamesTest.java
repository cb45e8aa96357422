package io.flintwheel.local.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "pods", ResourceTypes.PODS,
          "services", ResourceTypes.SERVICES,
          "namespaces", ResourceTypes.NAMESPACES,
          "roles", ResourceTypes.ROLES);

  @ParameterizedTest
  @CsvSource({
    "pods, a",
    "pods, 0.b-c",
    "services, a1",
    "namespaces, 1-a",
    "roles, system:node",
    "roles, A_b"
  })
  void takesNames(String type, String name) {
    assertThat(Names.object(TYPES.get(type), name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pods, A, a lowercase RFC 1123 subdomain must consist of",
    "pods, -a, a lowercase RFC 1123 subdomain must consist of",
    "pods, a..b, a lowercase RFC 1123 subdomain must consist of",
    "services, 1a, a DNS-1035 label must consist of",
    "services, a.b, a DNS-1035 label must consist of",
    "namespaces, a.b, must not contain dots",
    "namespaces, A, a lowercase RFC 1123 label must consist of",
    "roles, a/b, may not contain"
  })
  void saysWhatANameMustBe(String type, String name, String words) {
    List<FieldError> errors = Names.object(TYPES.get(type), name);

    assertThat(errors)
        .singleElement()
        .satisfies(error -> assertThat(error.field()).isEqualTo("metadata.name"))
        .satisfies(error -> assertThat(error.message()).contains(words));
  }

  @Test
  void boundsANamesLength() {
    assertThat(Names.object(ResourceTypes.PODS, "a".repeat(253))).isEmpty();
    assertThat(Names.object(ResourceTypes.PODS, "a".repeat(254)))
        .singleElement()
        .satisfies(
            error -> assertThat(error.message()).contains("must be no more than 253 characters"));
    assertThat(Names.object(ResourceTypes.SERVICES, "a".repeat(64))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A_b.c-d", "flintwheel.io/job-id", "x.y/Z"})
  void takesLabelKeys(String key) {
    assertThat(Names.qualified("metadata.labels", key)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/a, prefix part must be non-empty",
    "A/a, prefix part a lowercase RFC 1123 subdomain",
    "-a, name part must consist of",
    "a b, name part must consist of"
  })
  void saysWhatALabelKeyMustBe(String key, String words) {
    assertThat(Names.qualified("metadata.labels", key))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains(words));
  }
}
