package io.flintwheel.submitter.spark;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of a role carry that Spark's configuration has no word for, or that is ours.
 *
 * @param labels on the pod
 * @param env of Spark's container; they may refer to and replace Spark's own
 * @param securityContext of Spark's container
 */
public record RolePod(
    Map<String, String> labels, List<EnvVar> env, @Nullable SecurityContext securityContext) {

  public RolePod {
    // Sorted: Java's own immutable maps have another order in each process.
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    env = List.copyOf(env);
  }
}
