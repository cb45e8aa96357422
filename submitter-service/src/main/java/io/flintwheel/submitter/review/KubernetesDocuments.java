package io.flintwheel.submitter.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Kubernetes documents inside a specification, so that a mistake in an executor's is told
 * now and not by a driver that cannot make executors.
 */
final class KubernetesDocuments {

  private static final KubernetesSerialization MAPPER = new KubernetesSerialization();

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
    SecurityContext context =
        read(field, document, SecurityContext.class, "a Kubernetes SecurityContext").orElse(null);
    if (context != null) {
      warnUnknown(field, context.getAdditionalProperties());
    }
    return context;
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
    warnUnknown(path, variable.getAdditionalProperties());
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
    EnvVarSource source = variable.getValueFrom();
    long sources =
        Stream.of(
                source.getConfigMapKeyRef(),
                source.getSecretKeyRef(),
                source.getFieldRef(),
                source.getResourceFieldRef())
            .filter(Objects::nonNull)
            .count();
    if (sources != 1) {
      problems.add(
          new Problem(
              path + ".valueFrom",
              "has " + sources + " known sources",
              "one of configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef"));
      return false;
    }
    return true;
  }

  private <T> Optional<T> read(String field, ObjectNode document, Class<T> type, String expected) {
    try {
      return Optional.of(Objects.requireNonNull(MAPPER.convertValue(document, type)));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(field, "has a value of a wrong type", expected));
      return Optional.empty();
    }
  }

  private void warnUnknown(String field, Map<String, Object> unknown) {
    unknown
        .keySet()
        .forEach(
            name ->
                warnings.add(
                    new Problem(field + "." + name, "unknown field, it has no effect", null)));
  }
}
