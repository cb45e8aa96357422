package io.flintwheel.events.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import io.flintwheel.events.EventData;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessages;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.KubernetesSyntax;
import io.flintwheel.events.schedule.ScheduleFact;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.spark.Bounds;
import io.flintwheel.events.spark.SparkApplicationSpec;
import io.flintwheel.events.spark.Syntax;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas of the events' data, made from the records and their Javadoc.
 *
 * <p>Draft 7, as AsyncAPI tools read it. They are as tolerant as our readers: more properties are
 * allowed everywhere, and a word that is not listed where readers take it as UNKNOWN.
 */
final class EventSchemas {

  /** What a publisher may leave out of a request, and what it then is. */
  private static final Map<String, Optional<Object>> REQUEST_DEFAULTS =
      Map.of(
          "jobId", Optional.empty(),
          "namespace", Optional.of(JobRequested.DEFAULT_NAMESPACE),
          "labels", Optional.empty(),
          "attempt", Optional.of(1));

  private static final Set<Class<?>> IDS = Set.of(JobId.class, ScheduleId.class);

  private final Javadocs javadocs = new Javadocs();
  private final SchemaGenerator generator = generator();

  /** The record of every type of every topic. */
  static Map<String, Class<? extends EventData>> types() {
    Map<String, Class<? extends EventData>> types = new LinkedHashMap<>(JobMessages.types());
    types.putAll(ScheduleFact.types());
    return types;
  }

  /** The schema of a type's data. */
  ObjectNode of(String type) {
    Class<? extends EventData> message = types().get(type);
    ObjectNode generated = generator.generateSchema(message);
    ObjectNode schema = generated.objectNode();
    schema.set("$schema", generated.get("$schema"));
    schema.put("$id", EventCodec.dataSchema(type).toString());
    schema.put("title", type);
    javadocs.of(message).ifPresent(text -> schema.put("description", text));
    generated.properties().stream()
        .filter(field -> !field.getKey().equals("definitions") && !schema.has(field.getKey()))
        .forEach(field -> schema.set(field.getKey(), field.getValue()));
    if (generated.has("definitions")) {
      schema.set("definitions", generated.get("definitions"));
      schema.get("definitions").forEach(EventSchemas::flatten);
    }
    if (message == ExecutorChanged.class) {
      fixState(schema, type);
    }
    return schema;
  }

  /** What is unwrapped stands among the properties of its parent, not in an {@code allOf}. */
  private static void flatten(JsonNode definition) {
    if (definition.has("allOf")) {
      ObjectNode properties = (ObjectNode) definition.get("properties");
      for (JsonNode part : definition.get("allOf")) {
        properties.setAll((ObjectNode) part.get("properties"));
      }
      ((ObjectNode) definition).remove("allOf");
    }
  }

  private static void fixState(ObjectNode schema, String type) {
    for (ExecutorState state : ExecutorState.values()) {
      if (ExecutorChanged.typeOf(state).equals(type)) {
        ObjectNode property = (ObjectNode) schema.at("/properties/state");
        property.removeAll().put("const", state.name()).put("description", "Its state.");
      }
    }
  }

  private SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
            .with(new JacksonModule())
            .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES, Option.DEFINITIONS_FOR_ALL_OBJECTS);
    builder
        .forTypesInGeneral()
        .withPropertySorter(Comparator.comparing(MemberScope::isFakeContainerItemScope))
        .withCustomDefinitionProvider(this::define)
        .withDescriptionResolver(scope -> describe(scope.getType().getErasedType()));
    builder
        .forFields()
        .withRequiredCheck(EventSchemas::isRequired)
        .withDescriptionResolver(this::describe)
        .withDefaultResolver(
            field ->
                isOfRequest(field)
                    ? REQUEST_DEFAULTS
                        .getOrDefault(field.getDeclaredName(), Optional.empty())
                        .orElse(null)
                    : null)
        .withStringPatternResolver(EventSchemas::pattern)
        .withInstanceAttributeOverride(
            (node, field, context) -> {
              if (isResourceName(field)) {
                refuseReserved(node);
              }
            })
        .withNumberInclusiveMinimumResolver(EventSchemas::minimum)
        .withNumberInclusiveMaximumResolver(EventSchemas::maximum);
    return new SchemaGenerator(builder.build());
  }

  private @Nullable String describe(Class<?> type) {
    boolean described = type.isRecord() && !IDS.contains(type);
    return described ? javadocs.of(type).orElse(null) : null;
  }

  private @Nullable String describe(FieldScope field) {
    if (field.isFakeContainerItemScope()) {
      return null;
    }
    return javadocs
        .of(field.getDeclaringType().getErasedType(), field.getDeclaredName())
        .or(() -> javadocs.of(field.getType().getErasedType()))
        .orElse(null);
  }

  private @Nullable CustomDefinition define(ResolvedType type, SchemaGenerationContext context) {
    Class<?> raw = type.getErasedType();
    ObjectNode node = context.getGeneratorConfig().createObjectNode();
    if (raw == JobSpec.class) {
      ResolvedType spec = context.getTypeContext().resolve(SparkApplicationSpec.class);
      node.putArray("allOf").add(context.createDefinitionReference(spec));
      return inline(node);
    }
    if (IDS.contains(raw)) {
      String pattern = raw == JobId.class ? JobId.PATTERN : ScheduleId.PATTERN;
      node.put("type", "string").put("pattern", "^" + pattern + "$");
      if (raw == JobId.class) {
        refuseReserved(node);
      }
      return inline(node);
    }
    if (raw == Map.class) {
      ResolvedType values = type.getTypeParameters().get(1);
      node.put("type", "object")
          .set("additionalProperties", context.createDefinitionReference(values));
      return inline(node);
    }
    if (raw == Instant.class) {
      return inline(node.put("type", "string").put("format", "date-time"));
    }
    if (JsonNode.class.isAssignableFrom(raw)) {
      return inline(node.put("type", "object"));
    }
    return raw.isEnum() ? inline(words(raw, node)) : null;
  }

  /** Beside the pattern and not in it: not every language's patterns can look ahead. */
  private static void refuseReserved(ObjectNode node) {
    node.putObject("not").put("pattern", JobId.RESERVED_PATTERN);
  }

  private static boolean isResourceName(FieldScope field) {
    return isOfRequest(field) && field.getDeclaredName().equals("resourceName");
  }

  private static CustomDefinition inline(ObjectNode node) {
    return new CustomDefinition(
        node, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
  }

  /** A closed list of words, or an open one where readers take others as unknown. */
  private static ObjectNode words(Class<?> type, ObjectNode node) {
    ArrayNode words = node.arrayNode();
    boolean open = false;
    for (Object constant : type.getEnumConstants()) {
      AnnotatedElement field = constant(type, constant);
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      if (field.isAnnotationPresent(JsonEnumDefaultValue.class)) {
        open = true;
      }
      words.add(property == null ? ((Enum<?>) constant).name() : property.value());
    }
    if (!open) {
      return node.put("type", "string").set("enum", words);
    }
    ArrayNode either = node.putArray("anyOf");
    either.addObject().set("enum", words);
    either.addObject().put("type", "string");
    return node;
  }

  private static AnnotatedElement constant(Class<?> type, Object constant) {
    try {
      return type.getField(((Enum<?>) constant).name());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOurs(ResolvedType type) {
    return type.getErasedType().getName().startsWith("io.flintwheel.");
  }

  private static boolean isOfRequest(FieldScope field) {
    return field.getDeclaringType().getErasedType() == JobRequested.class;
  }

  /** Of the specification: as annotated; of ours: all that has no value to be assumed. */
  private static boolean isRequired(FieldScope field) {
    if (field.getDeclaringType().getErasedType().getPackage() == Bounds.class.getPackage()) {
      JsonProperty property = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
      return property != null && property.required();
    }
    Class<?> type = field.getRawMember().getType();
    boolean assumed =
        type == boolean.class
            || Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
            || (isOfRequest(field) && REQUEST_DEFAULTS.containsKey(field.getDeclaredName()));
    return !assumed && !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable String pattern(FieldScope field) {
    if (field.isFakeContainerItemScope()) {
      return null;
    }
    Syntax syntax = field.getAnnotation(Syntax.class);
    if (syntax != null) {
      return "^(" + syntax.pattern() + ")$";
    }
    if (!isOfRequest(field)) {
      return null;
    }
    return switch (field.getDeclaredName()) {
      case "namespace" -> "^" + KubernetesSyntax.NAMESPACE_PATTERN + "$";
      case "resourceName" -> "^" + JobId.PATTERN + "$";
      default -> null;
    };
  }

  private static @Nullable BigDecimal minimum(FieldScope field) {
    Bounds bounds = field.getAnnotation(Bounds.class);
    if (bounds != null) {
      return BigDecimal.valueOf(bounds.min());
    }
    boolean counts =
        Set.of("attempt", "nextAttempt", "count", "revision").contains(field.getName());
    return counts && isOurs(field.getDeclaringType()) ? BigDecimal.ONE : null;
  }

  private static @Nullable BigDecimal maximum(FieldScope field) {
    if (isOfRequest(field) && field.getName().equals("attempt")) {
      return BigDecimal.valueOf(JobRequested.LAST_ATTEMPT);
    }
    Bounds bounds = field.getAnnotation(Bounds.class);
    return bounds == null || bounds.max() >= Integer.MAX_VALUE
        ? null
        : BigDecimal.valueOf(bounds.max());
  }
}
