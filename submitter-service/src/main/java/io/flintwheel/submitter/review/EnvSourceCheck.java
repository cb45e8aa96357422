package io.flintwheel.submitter.review;

import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the API server refuses of where a variable's value comes from (its {@code
 * validateEnvVarValueFrom}).
 */
final class EnvSourceCheck {

  private static final List<String> SOURCES =
      List.of("configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef");
  private static final List<String> FIELDS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final Pattern LABEL_OR_ANNOTATION =
      Pattern.compile("metadata\\.(labels|annotations)\\['[^']+']");
  private static final Pattern RESOURCE =
      Pattern.compile("(limits|requests)\\.(cpu|memory|ephemeral-storage|hugepages-.+)");
  private static final Pattern KEY = Pattern.compile("(?!\\.\\.?$)[-._a-zA-Z0-9]{1,253}");

  private EnvSourceCheck() {}

  /** The first problem of a source. */
  static Optional<Problem> problem(EnvVarSource source, String field) {
    var configMap = source.getConfigMapKeyRef();
    var secret = source.getSecretKeyRef();
    var ofPod = source.getFieldRef();
    var resource = source.getResourceFieldRef();
    long sources = Stream.of(configMap, secret, ofPod, resource).filter(Objects::nonNull).count();
    if (sources != 1) {
      return Optional.of(
          new Problem(
              field, "has " + sources + " known sources", "one of " + String.join(", ", SOURCES)));
    }
    if (configMap != null) {
      return key(field + ".configMapKeyRef", configMap.getName(), configMap.getKey());
    }
    if (secret != null) {
      return key(field + ".secretKeyRef", secret.getName(), secret.getKey());
    }
    return ofPod != null
        ? matching(
            field + ".fieldRef.fieldPath",
            ofPod.getFieldPath(),
            (ofPod.getFieldPath() != null && FIELDS.contains(ofPod.getFieldPath()))
                || isMatch(LABEL_OR_ANNOTATION, ofPod.getFieldPath()),
            String.join(", ", FIELDS) + ", metadata.labels['<key>'], metadata.annotations['<key>']")
        : matching(
            field + ".resourceFieldRef.resource",
            resource.getResource(),
            isMatch(RESOURCE, resource.getResource()),
            "limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-<size>");
  }

  private static Optional<Problem> key(String field, @Nullable String name, @Nullable String key) {
    if (name == null || name.isEmpty()) {
      return Optional.of(new Problem(field + ".name", "is missing", "the object's name"));
    }
    return matching(
        field + ".key", key, isMatch(KEY, key), "letters, digits, '-', '_' and '.', at most 253");
  }

  private static Optional<Problem> matching(
      String field, @Nullable String value, boolean right, String expected) {
    boolean missing = value == null || value.isEmpty();
    return right
        ? Optional.empty()
        : Optional.of(
            new Problem(field, missing ? "is missing" : "is not a known value", expected));
  }

  private static boolean isMatch(Pattern pattern, @Nullable String value) {
    return value != null && pattern.matcher(value).matches();
  }
}
