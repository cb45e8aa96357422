package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** One part of the contract, with an API of its own. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiContract {

  private RunningApi api;

  @BeforeAll
  void open() throws Exception {
    api = RunningApi.open();
  }

  @AfterAll
  void close() {
    api.close();
  }

  RunningApi api() {
    return api;
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }

  static void assertFailed(Reply reply, int code, String reason) {
    assertThat(reply.body().toString()).contains("\"status\":\"Failure\"");
    assertThat(reply.status()).as(reply.text("message")).isEqualTo(code);
    assertThat(reply.text("kind")).isEqualTo("Status");
    assertThat(reply.text("reason")).isEqualTo(reason);
    assertThat(reply.at("code").asInt()).isEqualTo(code);
  }

  static List<String> causes(Reply reply) {
    List<String> causes = new ArrayList<>();
    for (JsonNode cause : reply.at("details", "causes")) {
      causes.add(cause.path("reason").asText() + " " + cause.path("field").asText());
    }
    return causes;
  }

  /** Each cause as its reason, its field and, after a colon, its message. */
  static List<String> told(Reply reply) {
    List<String> told = new ArrayList<>();
    for (JsonNode cause : reply.at("details", "causes")) {
      told.add(
          cause.path("reason").asText().replace("FieldValue", "")
              + " "
              + cause.path("field").asText()
              + ": "
              + cause.path("message").asText());
    }
    return told;
  }

  static List<String> names(Reply list) {
    List<String> names = new ArrayList<>();
    list.at("items").forEach(item -> names.add(item.path("metadata").path("name").asText()));
    return names;
  }
}
