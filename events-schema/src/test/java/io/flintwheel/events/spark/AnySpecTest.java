package io.flintwheel.events.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.SampleEvents;
import io.flintwheel.events.job.JobSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in any place of a specification, reading it gives a spec or errors. */
class AnySpecTest {

  private static final List<JsonPointer> PLACES = places();

  @Property(tries = 1000)
  void anyValueInAnyPlaceIsReadOrTold(
      @ForAll("anyPlace") JsonPointer place, @ForAll("values") JsonNode value) {
    ObjectNode json = SampleEvents.everyField().json();
    replace(json, place, value);

    SpecReading reading = SparkApplicationSpecReader.read(JobSpec.of(json));

    assertThat(reading.spec().isPresent()).isEqualTo(reading.errors().isEmpty());
    assertThat(reading.errors())
        .allSatisfy(
            error -> {
              assertThat(error.field()).startsWith("spec.");
              assertThat(error.expected()).isNotBlank();
            });
  }

  @Provide
  Arbitrary<JsonPointer> anyPlace() {
    return Arbitraries.of(PLACES);
  }

  @Provide
  Arbitrary<JsonNode> values() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return Arbitraries.of(
        json.nullNode(),
        json.booleanNode(true),
        json.numberNode(-1),
        json.numberNode(1L << 40),
        json.numberNode(1.5),
        json.numberNode(new BigInteger("9".repeat(40))),
        json.textNode(""),
        json.textNode("x"),
        json.textNode("x".repeat(1000)),
        json.arrayNode().addNull(),
        json.arrayNode().add("x"),
        json.objectNode(),
        json.objectNode().putNull("a"));
  }

  private static List<JsonPointer> places() {
    List<JsonPointer> places = new ArrayList<>();
    collect(SampleEvents.everyField().json(), JsonPointer.empty(), places);
    return places;
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
    node.properties()
        .forEach(
            field -> {
              JsonPointer place = at.appendProperty(field.getKey());
              places.add(place);
              collect(field.getValue(), place, places);
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.add(at.appendIndex(i));
      collect(node.get(i), at.appendIndex(i), places);
    }
  }

  private static void replace(ObjectNode json, JsonPointer place, JsonNode value) {
    JsonNode parent = json.at(place.head());
    if (parent instanceof ObjectNode object) {
      object.set(place.last().getMatchingProperty(), value);
    } else {
      ((ArrayNode) parent).set(place.last().getMatchingIndex(), value);
    }
  }
}
