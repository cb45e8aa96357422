package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays a pod's volumes out as directories of this machine. */
final class PodVolumes {

  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  private final PodObjects objects;
  private final DownwardFields fields;
  private final Pod pod;
  private final Path root;

  /**
   * @param root where the pod's volumes lie, a directory each
   */
  PodVolumes(PodObjects objects, DownwardFields fields, Path root) {
    this.objects = objects;
    this.fields = fields;
    this.pod = fields.pod();
    this.root = root;
  }

  /** Every volume's place, by name; written anew by each call, except what the pod itself wrote. */
  Map<String, Path> layOut() throws CannotStart, IOException {
    var places = new LinkedHashMap<String, Path>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      places.put(volume.getName(), layOut(volume));
    }
    return places;
  }

  /** Renews the tokens in place: they live for an hour, a job may live longer. */
  void renewTokens() throws CannotStart, IOException {
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getProjected() != null) {
        for (VolumeProjection source : volume.getProjected().getSources()) {
          if (source.getServiceAccountToken() != null) {
            write(root.resolve(volume.getName()), token(source.getServiceAccountToken()));
          }
        }
      }
    }
  }

  private Path layOut(Volume volume) throws CannotStart, IOException {
    String name = volume.getName();
    if (volume.getHostPath() != null) {
      return Path.of(volume.getHostPath().getPath());
    }
    Path place = Files.createDirectories(root.resolve(name));
    var files = new LinkedHashMap<String, byte[]>();
    if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      files.putAll(configMap(name, source.getName(), source.getItems(), source.getOptional()));
    } else if (volume.getSecret() != null) {
      var source = volume.getSecret();
      files.putAll(secret(name, source.getSecretName(), source.getItems(), source.getOptional()));
    } else if (volume.getDownwardAPI() != null) {
      files.putAll(downward(volume.getDownwardAPI().getItems()));
    } else if (volume.getProjected() != null) {
      for (VolumeProjection source : volume.getProjected().getSources()) {
        files.putAll(projected(name, source));
      }
    } else if (volume.getEmptyDir() == null) {
      throw CannotStart.unsupported(
          "volume \""
              + name
              + "\": this node knows configMap, secret, projected, downwardAPI, emptyDir and"
              + " hostPath volumes only");
    }
    write(place, files);
    return place;
  }

  private Map<String, byte[]> projected(String volume, VolumeProjection source) throws CannotStart {
    if (source.getServiceAccountToken() != null) {
      return token(source.getServiceAccountToken());
    }
    if (source.getConfigMap() != null) {
      var reference = source.getConfigMap();
      return configMap(volume, reference.getName(), reference.getItems(), reference.getOptional());
    }
    if (source.getSecret() != null) {
      var reference = source.getSecret();
      return secret(volume, reference.getName(), reference.getItems(), reference.getOptional());
    }
    if (source.getDownwardAPI() != null) {
      return downward(source.getDownwardAPI().getItems());
    }
    throw CannotStart.unsupported("volume \"" + volume + "\": unsupported projection");
  }

  private Map<String, byte[]> token(ServiceAccountTokenProjection projection) {
    Long seconds = projection.getExpirationSeconds();
    Duration lifetime = seconds == null ? TOKEN_LIFETIME : Duration.ofSeconds(seconds);
    String token = objects.serviceAccountToken(pod, projection.getAudience(), lifetime);
    return Map.of(projection.getPath(), token.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, byte[]> configMap(
      String volume, String name, @Nullable List<KeyToPath> items, @Nullable Boolean optional)
      throws CannotStart {
    var found = objects.configMap(namespace(), name);
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw CannotStart.missingVolume(volume, "configmap \"" + name + "\" not found");
    }
    return found.isEmpty() ? Map.of() : selected(volume, bytes(found.get()), items, optional);
  }

  private Map<String, byte[]> secret(
      String volume, String name, @Nullable List<KeyToPath> items, @Nullable Boolean optional)
      throws CannotStart {
    var found = objects.secret(namespace(), name);
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw CannotStart.missingVolume(volume, "secret \"" + name + "\" not found");
    }
    return found.isEmpty() ? Map.of() : selected(volume, bytes(found.get()), items, optional);
  }

  private Map<String, byte[]> downward(List<DownwardAPIVolumeFile> items) throws CannotStart {
    var files = new LinkedHashMap<String, byte[]>();
    for (DownwardAPIVolumeFile item : items) {
      String value =
          item.getFieldRef() != null
              ? fields.field(item.getFieldRef())
              : fields.resource(
                  item.getResourceFieldRef(),
                  containerNamed(item.getResourceFieldRef().getContainerName()));
      files.put(item.getPath(), value.getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private Container containerNamed(String name) throws CannotStart {
    return pod.getSpec().getContainers().stream()
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> CannotStart.missingConfiguration("no container is named " + name));
  }

  private static Map<String, byte[]> selected(
      String volume,
      Map<String, byte[]> data,
      @Nullable List<KeyToPath> items,
      @Nullable Boolean optional)
      throws CannotStart {
    if (items == null || items.isEmpty()) {
      return data;
    }
    var files = new LinkedHashMap<String, byte[]>();
    for (KeyToPath item : items) {
      byte[] value = data.get(item.getKey());
      if (value != null) {
        files.put(item.getPath(), value);
      } else if (!Boolean.TRUE.equals(optional)) {
        throw CannotStart.missingVolume(
            volume, "references non-existent config key: " + item.getKey());
      }
    }
    return files;
  }

  private static Map<String, byte[]> bytes(ConfigMap configMap) {
    var bytes = new LinkedHashMap<String, byte[]>();
    if (configMap.getData() != null) {
      configMap.getData().forEach((k, v) -> bytes.put(k, v.getBytes(StandardCharsets.UTF_8)));
    }
    if (configMap.getBinaryData() != null) {
      configMap.getBinaryData().forEach((k, v) -> bytes.put(k, Base64.getDecoder().decode(v)));
    }
    return bytes;
  }

  private static Map<String, byte[]> bytes(Secret secret) {
    var bytes = new LinkedHashMap<String, byte[]>();
    if (secret.getData() != null) {
      secret.getData().forEach((k, v) -> bytes.put(k, Base64.getDecoder().decode(v)));
    }
    return bytes;
  }

  private static void write(Path place, Map<String, byte[]> files) throws IOException, CannotStart {
    for (var file : files.entrySet()) {
      Path path = place.resolve(file.getKey()).normalize();
      if (!path.startsWith(place)) {
        throw CannotStart.unsupported("a volume's file leaves its directory: " + file.getKey());
      }
      ReplacedFile.write(path, file.getValue());
    }
  }

  private String namespace() {
    return pod.getMetadata().getNamespace();
  }
}
