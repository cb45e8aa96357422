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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  /** Renews the tokens in place: a job may live longer than they do. */
  void renewTokens() throws CannotStart, IOException {
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getProjected() != null) {
        var files = new VolumeFiles(volume.getProjected().getDefaultMode());
        for (VolumeProjection source : volume.getProjected().getSources()) {
          if (source.getServiceAccountToken() != null) {
            token(source.getServiceAccountToken(), files);
          }
        }
        files.writeTo(root.resolve(volume.getName()));
      }
    }
  }

  /** How long a pod's tokens live, the shortest of them; empty when it has none. */
  static Optional<Duration> tokenLifetime(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .map(Volume::getProjected)
        .filter(Objects::nonNull)
        .flatMap(projected -> projected.getSources().stream())
        .map(VolumeProjection::getServiceAccountToken)
        .filter(Objects::nonNull)
        .map(PodVolumes::lifetime)
        .min(Comparator.naturalOrder());
  }

  private Path layOut(Volume volume) throws CannotStart, IOException {
    String name = volume.getName();
    if (volume.getHostPath() != null) {
      return Path.of(volume.getHostPath().getPath());
    }
    Path place = Files.createDirectories(root.resolve(name));
    if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      var files = new VolumeFiles(source.getDefaultMode());
      configMap(name, source.getName(), source.getItems(), source.getOptional(), files);
      files.writeTo(place);
    } else if (volume.getSecret() != null) {
      var source = volume.getSecret();
      var files = new VolumeFiles(source.getDefaultMode());
      secret(name, source.getSecretName(), source.getItems(), source.getOptional(), files);
      files.writeTo(place);
    } else if (volume.getDownwardAPI() != null) {
      var files = new VolumeFiles(volume.getDownwardAPI().getDefaultMode());
      downward(volume.getDownwardAPI().getItems(), files);
      files.writeTo(place);
    } else if (volume.getProjected() != null) {
      var files = new VolumeFiles(volume.getProjected().getDefaultMode());
      for (VolumeProjection source : volume.getProjected().getSources()) {
        projected(name, source, files);
      }
      files.writeTo(place);
    } else if (volume.getEmptyDir() == null) {
      throw CannotStart.unsupported(
          "volume \""
              + name
              + "\": this node knows configMap, secret, projected, downwardAPI, emptyDir and"
              + " hostPath volumes only");
    }
    return place;
  }

  private void projected(String volume, VolumeProjection source, VolumeFiles files)
      throws CannotStart {
    if (source.getServiceAccountToken() != null) {
      token(source.getServiceAccountToken(), files);
    } else if (source.getConfigMap() != null) {
      var reference = source.getConfigMap();
      configMap(volume, reference.getName(), reference.getItems(), reference.getOptional(), files);
    } else if (source.getSecret() != null) {
      var reference = source.getSecret();
      secret(volume, reference.getName(), reference.getItems(), reference.getOptional(), files);
    } else if (source.getDownwardAPI() != null) {
      downward(source.getDownwardAPI().getItems(), files);
    } else {
      throw CannotStart.unsupported("volume \"" + volume + "\": unsupported projection");
    }
  }

  private void token(ServiceAccountTokenProjection projection, VolumeFiles files) {
    String token = objects.serviceAccountToken(pod, projection.getAudience(), lifetime(projection));
    files.add(projection.getPath(), token.getBytes(StandardCharsets.UTF_8), null);
  }

  private static Duration lifetime(ServiceAccountTokenProjection projection) {
    Long seconds = projection.getExpirationSeconds();
    return seconds == null ? TOKEN_LIFETIME : Duration.ofSeconds(seconds);
  }

  private void configMap(
      String volume,
      String name,
      @Nullable List<KeyToPath> items,
      @Nullable Boolean optional,
      VolumeFiles files)
      throws CannotStart {
    var found = objects.configMap(namespace(), name);
    if (found.isPresent()) {
      select(volume, bytes(found.get()), items, optional, files);
    } else if (!Boolean.TRUE.equals(optional)) {
      throw CannotStart.missingVolume(volume, "configmap \"" + name + "\" not found");
    }
  }

  private void secret(
      String volume,
      String name,
      @Nullable List<KeyToPath> items,
      @Nullable Boolean optional,
      VolumeFiles files)
      throws CannotStart {
    var found = objects.secret(namespace(), name);
    if (found.isPresent()) {
      select(volume, bytes(found.get()), items, optional, files);
    } else if (!Boolean.TRUE.equals(optional)) {
      throw CannotStart.missingVolume(volume, "secret \"" + name + "\" not found");
    }
  }

  private void downward(List<DownwardAPIVolumeFile> items, VolumeFiles files) throws CannotStart {
    for (DownwardAPIVolumeFile item : items) {
      String value =
          item.getFieldRef() != null
              ? fields.field(item.getFieldRef())
              : fields.resource(
                  item.getResourceFieldRef(),
                  containerNamed(item.getResourceFieldRef().getContainerName()));
      files.add(item.getPath(), value.getBytes(StandardCharsets.UTF_8), item.getMode());
    }
  }

  private Container containerNamed(String name) throws CannotStart {
    return pod.getSpec().getContainers().stream()
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> CannotStart.missingConfiguration("no container is named " + name));
  }

  private static void select(
      String volume,
      Map<String, byte[]> data,
      @Nullable List<KeyToPath> items,
      @Nullable Boolean optional,
      VolumeFiles files)
      throws CannotStart {
    if (items == null || items.isEmpty()) {
      data.forEach((key, value) -> files.add(key, value, null));
      return;
    }
    for (KeyToPath item : items) {
      byte[] value = data.get(item.getKey());
      if (value != null) {
        files.add(item.getPath(), value, item.getMode());
      } else if (!Boolean.TRUE.equals(optional)) {
        throw CannotStart.missingVolume(
            volume, "references non-existent config key: " + item.getKey());
      }
    }
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

  private String namespace() {
    return pod.getMetadata().getNamespace();
  }
}
