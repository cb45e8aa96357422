package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Config maps and secrets of one namespace, in memory. */
final class FakeObjects implements PodObjects {

  private final Map<String, ConfigMap> configMaps = new HashMap<>();
  private final Map<String, Secret> secrets = new HashMap<>();

  FakeObjects withConfigMap(String name, Map<String, String> data) {
    configMaps.put(name, new ConfigMapBuilder().withData(data).build());
    return this;
  }

  /**
   * @param data values in base64, as the API has them
   */
  FakeObjects withSecret(String name, Map<String, String> data) {
    secrets.put(name, new SecretBuilder().withData(data).build());
    return this;
  }

  @Override
  public Optional<ConfigMap> configMap(String namespace, String name) {
    return Optional.ofNullable(configMaps.get(name));
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public String serviceAccountToken(Pod pod, @Nullable String audience, Duration lifetime) {
    return "token";
  }
}
