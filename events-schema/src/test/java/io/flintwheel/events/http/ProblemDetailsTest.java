package io.flintwheel.events.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemDetailsTest {

  @Test
  void tellsTheFirstProblemAtTheTop() throws Exception {
    ProblemDetails details =
        ProblemDetails.of(
            400,
            List.of(
                new Problem("specs[0].cron", "minute: 61 is not in 0-59", "minute 0-59"),
                new Problem("timeZone", "unknown time zone 'Mars/X'", null)));

    JsonNode json = EventJson.mapper().valueToTree(details);

    assertThat(json)
        .isEqualTo(
            EventJson.mapper()
                .readTree(
                    """
                    {"type": "about:blank", "title": "Bad Request", "status": 400,
                     "detail": "specs[0].cron: minute: 61 is not in 0-59",
                     "field": "specs[0].cron", "expected": "minute 0-59",
                     "problems": [
                       {"field": "specs[0].cron", "message": "minute: 61 is not in 0-59",
                        "expected": "minute 0-59"},
                       {"field": "timeZone", "message": "unknown time zone 'Mars/X'"}]}
                    """));
  }

  @Test
  void namesNoFieldWhenTheWholeIsWrong() {
    ProblemDetails details = ProblemDetails.of(400, new Problem("", "the body is no object", null));

    JsonNode json = EventJson.mapper().valueToTree(details);

    assertThat(json.has("field")).isFalse();
    assertThat(json.get("detail").asText()).isEqualTo("the body is no object");
  }

  @Test
  void hasATitleForAStatusThatNobodyForesaw() {
    ProblemDetails details = ProblemDetails.of(418, "short and stout");

    assertThat(details.title()).isEqualTo("HTTP status 418");
  }

  @Test
  void isAboutSomething() {
    assertThatThrownBy(() -> ProblemDetails.of(400, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
