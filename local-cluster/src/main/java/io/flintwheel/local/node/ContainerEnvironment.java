package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes a container's environment as its specification gives it, before paths are mapped. */
final class ContainerEnvironment {

  private final PodObjects objects;
  private final DownwardFields fields;
  private final String namespace;

  ContainerEnvironment(PodObjects objects, DownwardFields fields) {
    this.objects = objects;
    this.fields = fields;
    this.namespace = fields.pod().getMetadata().getNamespace();
  }

  Map<String, String> of(Container container) throws CannotStart {
    var environment = new LinkedHashMap<String, String>();
    for (EnvFromSource source : container.getEnvFrom()) {
      String prefix = source.getPrefix() == null ? "" : source.getPrefix();
      allOf(source).forEach((key, value) -> environment.put(prefix + key, value));
    }
    for (EnvVar variable : container.getEnv()) {
      EnvVarSource source = variable.getValueFrom();
      Optional<String> value =
          source == null
              ? Optional.of(VariableExpansion.expand(orEmpty(variable.getValue()), environment))
              : referred(source, container);
      value.ifPresent(v -> environment.put(variable.getName(), v));
    }
    return environment;
  }

  private Map<String, String> allOf(EnvFromSource source) throws CannotStart {
    if (source.getConfigMapRef() != null) {
      var reference = source.getConfigMapRef();
      return configMap(reference.getName(), reference.getOptional()).orElse(Map.of());
    }
    if (source.getSecretRef() != null) {
      var reference = source.getSecretRef();
      return secret(reference.getName(), reference.getOptional()).orElse(Map.of());
    }
    return Map.of();
  }

  private Optional<String> referred(EnvVarSource source, Container container) throws CannotStart {
    if (source.getFieldRef() != null) {
      return Optional.of(fields.field(source.getFieldRef()));
    }
    if (source.getResourceFieldRef() != null) {
      return Optional.of(fields.resource(source.getResourceFieldRef(), container));
    }
    if (source.getConfigMapKeyRef() != null) {
      var key = source.getConfigMapKeyRef();
      return valueOf(
          key.getKey(),
          configMap(key.getName(), key.getOptional()),
          key.getOptional(),
          "ConfigMap " + namespace + "/" + key.getName());
    }
    if (source.getSecretKeyRef() != null) {
      var key = source.getSecretKeyRef();
      return valueOf(
          key.getKey(),
          secret(key.getName(), key.getOptional()),
          key.getOptional(),
          "Secret " + namespace + "/" + key.getName());
    }
    throw CannotStart.missingConfiguration("unsupported source of an environment variable");
  }

  private static Optional<String> valueOf(
      String key, Optional<Map<String, String>> data, @Nullable Boolean optional, String owner)
      throws CannotStart {
    Optional<String> value = data.map(d -> d.get(key));
    if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw CannotStart.missingConfiguration("couldn't find key " + key + " in " + owner);
    }
    return value;
  }

  private Optional<Map<String, String>> configMap(String name, @Nullable Boolean optional)
      throws CannotStart {
    var found = objects.configMap(namespace, name);
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw CannotStart.missingConfiguration("configmap \"" + name + "\" not found");
    }
    return found.map(c -> c.getData() == null ? Map.<String, String>of() : c.getData());
  }

  private Optional<Map<String, String>> secret(String name, @Nullable Boolean optional)
      throws CannotStart {
    var found = objects.secret(namespace, name);
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw CannotStart.missingConfiguration("secret \"" + name + "\" not found");
    }
    return found.map(
        s -> {
          var data = new LinkedHashMap<String, String>();
          if (s.getData() != null) {
            s.getData()
                .forEach(
                    (key, value) ->
                        data.put(
                            key,
                            new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
          }
          return data;
        });
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
