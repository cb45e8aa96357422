package io.flintwheel.local.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.local.apiserver.Golden;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "configmaps-colours",
        "secrets-login",
        "services-web",
        "services-headless",
        "serviceaccounts-reader",
        "roles-reader",
        "rolebindings-readers",
        "leases-leader"
      })
  void readsWhatARealServerWroteOfTheSameObject(String name) throws IOException {
    byte[] body = Golden.bytes("protobuf/" + name + ".bin");

    var object = Protobuf.read(body, "application/json");

    assertThat(Json.parse(Json.bytes(object))).isEqualTo(Golden.json("protobuf/" + name + ".json"));
  }

  @Test
  void refusesABodyThatDoesNotBeginAsProtobuf() {
    byte[] body = "{\"kind\": \"ConfigMap\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Protobuf.read(body, "application/json"))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("does not begin as protobuf must");
  }

  @Test
  void refusesABodyThatEndsInTheMiddleOfAField() {
    byte[] whole = Golden.bytes("protobuf/configmaps-colours.bin");
    byte[] half = Arrays.copyOf(whole, whole.length / 2);

    assertThatThrownBy(() -> Protobuf.read(half, "application/json"))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("not well-formed protobuf");
  }
}
