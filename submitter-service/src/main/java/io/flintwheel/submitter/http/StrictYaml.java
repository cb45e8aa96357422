package io.flintwheel.submitter.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.flintwheel.events.EventJson;
import java.io.IOException;

/** Reads YAML as {@link EventJson#readStrictly} reads JSON. */
final class StrictYaml {

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(EventJson.MAX_DEPTH).build())
          .build();

  private static final ObjectReader READER =
      new YAMLMapper(FACTORY)
          .reader()
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictYaml() {}

  static JsonNode read(byte[] yaml) throws IOException {
    refuseAnchorsAndAliases(yaml);
    return READER.readTree(yaml);
  }

  /** The mapper would take an alias for the text of its name; other readers multiply with it. */
  private static void refuseAnchorsAndAliases(byte[] yaml) throws IOException {
    try (YAMLParser parser = FACTORY.createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias() || hasAnchor(parser)) {
          throw new JsonParseException(parser, "an anchor or alias");
        }
      }
    }
  }

  private static boolean hasAnchor(JsonParser parser) throws IOException {
    return parser.canReadObjectId() && parser.getObjectId() != null;
  }
}
