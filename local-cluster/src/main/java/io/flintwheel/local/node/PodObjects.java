package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What pods refer to, read from the cluster. */
interface PodObjects {

  Optional<ConfigMap> configMap(String namespace, String name);

  Optional<Secret> secret(String namespace, String name);

  /** A token of the pod's service account, bound to the pod. */
  String serviceAccountToken(Pod pod, @Nullable String audience, Duration lifetime);
}
