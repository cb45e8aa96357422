package io.flintwheel.events.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Golden;
import io.flintwheel.events.job.JobId;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped schemas take the ids that the reader takes, and no others. */
class JobIdSchemaTest {

  private static final List<String> PROPERTIES =
      List.of(
          "io.flintwheel.job.requested.v1/jobId",
          "io.flintwheel.job.requested.v1/resourceName",
          "io.flintwheel.job.succeeded.v1/jobId",
          "io.flintwheel.tick.fired.v1/jobId");

  private static final List<String> IDS =
      List.of(
          "a",
          "etl",
          "etl-2",
          "driver",
          "r1",
          "a-driver",
          "a-driver-b",
          "a-drivers",
          "my-driver2",
          "a-r1",
          "a-r",
          "a-r12",
          "a-r1x",
          "ar1",
          "a--r0",
          "a-",
          "-a",
          "1a",
          "A",
          "a_b",
          "",
          "a".repeat(45),
          "a".repeat(46),
          "a".repeat(38) + "-driver");

  static Stream<Arguments> ids() {
    return PROPERTIES.stream()
        .flatMap(property -> IDS.stream().map(id -> Arguments.of(property, id)));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void takesWhatTheReaderTakes(String property, String id) throws IOException {
    JsonSchema schema = schema(property);

    boolean isTaken = schema.validate(new TextNode(id)).isEmpty();

    assertThat(isTaken).isEqualTo(isJobId(id));
  }

  private static boolean isJobId(String id) {
    try {
      new JobId(id);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static JsonSchema schema(String property) throws IOException {
    String[] parts = property.split("/", -1);
    JsonNode schema =
        EventJson.mapper()
            .readTree(Golden.SCHEMAS.resolve(parts[0] + ".json").toFile())
            .at("/properties/" + parts[1]);
    assertThat(schema.isObject()).isTrue();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
  }
}
