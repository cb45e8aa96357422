package io.flintwheel.submitter.review;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.flintwheel.events.job.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Kubernetes documents inside a specification, so that a mistake in an executor's is told
 * now and not by a driver that cannot make executors.
 */
final class KubernetesDocuments {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .addHandler(new Unknown())
          .build()
          .reader();

  private final List<Problem> problems;
  private final List<Problem> warnings;

  KubernetesDocuments(List<Problem> problems, List<Problem> warnings) {
    this.problems = problems;
    this.warnings = warnings;
  }

  @Nullable SecurityContext securityContext(String field, @Nullable ObjectNode document) {
    if (document == null) {
      return null;
    }
    Optional<SecurityContext> context =
        read(field, document, SecurityContext.class, "a Kubernetes SecurityContext");
    context.ifPresent(given -> SecurityContextCheck.check(given, field, problems));
    return context.orElse(null);
  }

  List<EnvVar> env(String field, List<ObjectNode> documents) {
    List<EnvVar> env = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      String path = field + "[" + i + "]";
      read(path, documents.get(i), EnvVar.class, "a Kubernetes EnvVar")
          .filter(variable -> isRight(path, variable))
          .ifPresent(env::add);
    }
    return env;
  }

  private boolean isRight(String path, EnvVar variable) {
    if (variable.getName() == null || !EnvNames.isName(variable.getName())) {
      problems.add(
          new Problem(path + ".name", "not the name of an environment variable", EnvNames.RULE));
      return false;
    }
    if (variable.getValueFrom() == null) {
      return true;
    }
    if (variable.getValue() != null && !variable.getValue().isEmpty()) {
      problems.add(new Problem(path, "has both value and valueFrom", "one of them"));
      return false;
    }
    Optional<Problem> wrong = EnvSourceCheck.problem(variable.getValueFrom(), path + ".valueFrom");
    wrong.ifPresent(problems::add);
    return wrong.isEmpty();
  }

  private <T> Optional<T> read(String field, ObjectNode document, Class<T> type, String expected) {
    List<String> unknown = new ArrayList<>();
    try {
      T read = READER.forType(type).withAttribute(Unknown.class, unknown).readValue(document);
      for (String path : unknown) {
        warnings.add(new Problem(field + path, "unknown field, it has no effect", null));
      }
      return Optional.of(read);
    } catch (JsonMappingException e) {
      problems.add(new Problem(field + path(e), "has a value of a wrong type", expected));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private static String path(JsonMappingException wrong) {
    return wrong.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining());
  }

  /**
   * Collects what a class has no field for, at any depth. The client's classes would keep it, and
   * the API server would drop it without a word.
   */
  private static final class Unknown extends DeserializationProblemHandler {

    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        JsonDeserializer<?> deserializer,
        Object beanOrClass,
        String name)
        throws IOException {
      @SuppressWarnings("unchecked") // Given by read().
      List<String> unknown = (List<String>) context.getAttribute(Unknown.class);
      unknown.add(parser.getParsingContext().pathAsPointer().toString().replace('/', '.'));
      parser.skipChildren();
      return true;
    }
  }
}
