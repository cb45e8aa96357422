package io.flintwheel.endtoend;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a kustomization without transformations builds: its files in their order, and those of the
 * directories it names. Enough for {@code k8s/}, whose manifests all name their namespace.
 */
public final class Manifests {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private Manifests() {}

  /**
   * Reads them all.
   *
   * @param directory holds a {@code kustomization.yaml}
   */
  public static List<HasMetadata> in(Path directory) {
    List<HasMetadata> found = new ArrayList<>();
    for (String resource : resources(directory.resolve("kustomization.yaml"))) {
      Path path = directory.resolve(resource);
      if (Files.isDirectory(path)) {
        found.addAll(in(path));
      } else {
        found.addAll(read(path));
      }
    }
    return found;
  }

  /** Applies them as {@code kubectl apply --server-side} does. */
  public static void apply(Path directory, KubernetesClient client) {
    for (HasMetadata manifest : in(directory)) {
      client.resource(manifest).forceConflicts().serverSideApply();
    }
  }

  private static List<String> resources(Path kustomization) {
    try (InputStream yaml = Files.newInputStream(kustomization)) {
      Map<?, ?> content = SERIALIZATION.unmarshal(yaml, Map.class);
      if (!(content.get("resources") instanceof List<?> resources)) {
        throw new IllegalArgumentException(kustomization + " names no resources");
      }
      return resources.stream().map(Object::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + kustomization, e);
    }
  }

  private static Collection<HasMetadata> read(Path manifest) {
    try (InputStream yaml = Files.newInputStream(manifest)) {
      Object content = SERIALIZATION.unmarshal(yaml);
      if (content instanceof Collection<?> several) {
        return several.stream().map(HasMetadata.class::cast).toList();
      }
      return List.of((HasMetadata) content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + manifest, e);
    }
  }
}
