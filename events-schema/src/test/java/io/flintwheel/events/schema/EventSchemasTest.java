package io.flintwheel.events.schema;

import io.flintwheel.events.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas that are shipped are those of the records. */
class EventSchemasTest {

  private static final EventSchemas SCHEMAS = new EventSchemas();

  static Stream<String> types() {
    return EventSchemas.types().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shipsTheSchemaOfEveryRecord(String type) {
    String schema = SCHEMAS.of(type).toPrettyString() + "\n";

    Golden.check(Golden.SCHEMAS.resolve(type + ".json"), schema);
  }

  @Test
  void shipsNoSchemaWithoutARecord() throws IOException {
    try (Stream<Path> files = Files.list(Golden.SCHEMAS)) {
      Assertions.assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(types().map(type -> type + ".json").toList());
    }
  }
}
