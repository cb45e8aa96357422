package io.flintwheel.status.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.JobFact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pods as the API server shows them and what they tell: {@code pods/<case>.yaml}, with the end of
 * the log in {@code <case>.log}, and {@code <case>.json}. Run with {@code -Dgolden.update=true} to
 * write the latter anew, and read the difference.
 */
class PodFactsTest {

  private static final Path CASES = Path.of("src/test/resources/pods");
  private static final URI SOURCE = URI.create("urn:flintwheel:test:status");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T13:00:00Z"), ZoneOffset.UTC);
  private static final ObjectMapper PRETTY =
      EventJson.mapper().copy().enable(SerializationFeature.INDENT_OUTPUT);

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.replace(".yaml", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsWhatItsStateSays(String name) throws IOException {
    PodReading pod = read(name);

    String told = PRETTY.writeValueAsString(json(facts(pod, name))) + "\n";

    Path golden = CASES.resolve(name + ".json");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, told);
    }
    assertThat(told).isEqualTo(Files.readString(golden));
  }

  private static PodReading read(String name) throws IOException {
    Pod pod = Serialization.unmarshal(Files.readString(CASES.resolve(name + ".yaml")), Pod.class);
    return PodReading.of(pod).orElseThrow();
  }

  private static List<Event<JobFact>> facts(PodReading pod, String name) throws IOException {
    if (pod.role() == PodReading.Role.EXECUTOR) {
      return new ExecutorFacts(SOURCE, CLOCK).of(pod);
    }
    Path log = CASES.resolve(name + ".log");
    String tail = Files.exists(log) ? Files.readString(log) : "";
    return new DriverFacts(SOURCE, CLOCK).of(pod, () -> tail);
  }

  private static ArrayNode json(List<Event<JobFact>> facts) {
    ArrayNode all = EventJson.mapper().createArrayNode();
    for (Event<JobFact> fact : facts) {
      all.addObject()
          .put("type", fact.data().type())
          .put("id", fact.id().value())
          .put("time", fact.time().toString())
          .set("data", EventJson.mapper().valueToTree(fact.data()));
    }
    return all;
  }
}
