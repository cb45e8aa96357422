package io.flintwheel.status.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.EventJson;
import java.io.IOException;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NulFreePropertiesTest {

  @Property
  void replacesNulAndNothingElse(@ForAll("texts") String key, @ForAll("texts") String text)
      throws IOException {
    byte[] json = EventJson.mapper().writeValueAsBytes(Map.of(key, text));

    byte[] free = NulFree.json(json);

    assertThat(EventJson.mapper().readTree(free))
        .isEqualTo(EventJson.mapper().valueToTree(Map.of(withoutNul(key), withoutNul(text))));
  }

  @Property
  void leavesBytesAsTheyAreThatHoldNoNul(@ForAll byte[] bytes) {
    byte[] before = bytes.clone();

    byte[] free = NulFree.json(bytes);

    assertThat(free).isEqualTo(before);
  }

  @Example
  void leavesTheTextOfAnEscapeAlone() {
    byte[] json = "{\"a\":\"\\\\u0000\"}".getBytes(UTF_8);

    byte[] free = NulFree.json(json);

    assertThat(free).isSameAs(json);
  }

  @Example
  void keepsARecordWithoutAValue() {
    assertThat(NulFree.json(null)).isNull();
  }

  /** Texts of what escapes are made of. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("\\", "\u0000", "u", "0000", "u0000", "\\u0000", "\"", "\n", "é", "😀")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  private static String withoutNul(String text) {
    return text.replace('\u0000', '\ufffd');
  }
}
