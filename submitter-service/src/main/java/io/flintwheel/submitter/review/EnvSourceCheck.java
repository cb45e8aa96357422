package io.flintwheel.submitter.review;

import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.flintwheel.events.job.KubernetesSyntax;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
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
      Pattern.compile("metadata\\.(labels|annotations)\\['(.*)']", Pattern.DOTALL);
  private static final Pattern RESOURCE =
      Pattern.compile("(limits|requests)\\.(cpu|memory|ephemeral-storage|hugepages-.+)");
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern KEY = Pattern.compile("(?!\\.$|\\.\\.)[-._a-zA-Z0-9]{1,253}");
  private static final String API_VERSION = "v1";

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
        ? ofPod(ofPod, field + ".fieldRef")
        : resource(resource, field + ".resourceFieldRef");
  }

  private static Optional<Problem> ofPod(ObjectFieldSelector reference, String field) {
    String version = reference.getApiVersion();
    if (version != null && !version.isEmpty() && !version.equals(API_VERSION)) {
      return Optional.of(
          new Problem(
              field + ".apiVersion", "is no version of pods", API_VERSION + ", or nothing"));
    }
    String path = reference.getFieldPath();
    Matcher subscripted = LABEL_OR_ANNOTATION.matcher(path == null ? "" : path);
    if (!subscripted.matches()) {
      return matching(
          field + ".fieldPath",
          path,
          path != null && FIELDS.contains(path),
          String.join(", ", FIELDS) + ", metadata.labels['<key>'], metadata.annotations['<key>']");
    }
    // Of annotations the case does not matter, in the domain neither.
    String key =
        subscripted.group(1).equals("labels")
            ? subscripted.group(2)
            : subscripted.group(2).toLowerCase(Locale.ROOT);
    return KubernetesSyntax.isLabelKey(key)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                field + ".fieldPath",
                "holds no valid key between [' and ']",
                KubernetesSyntax.LABEL_KEY_RULE));
  }

  private static Optional<Problem> resource(ResourceFieldSelector reference, String field) {
    String resource = reference.getResource();
    return matching(
            field + ".resource",
            resource,
            isMatch(RESOURCE, resource),
            "limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-<size>")
        .or(() -> Divisor.problem(reference, field + ".divisor"));
  }

  private static Optional<Problem> key(String field, @Nullable String name, @Nullable String key) {
    if (name == null || name.isEmpty()) {
      return Optional.of(new Problem(field + ".name", "is missing", "the object's name"));
    }
    if (!isMatch(NAME, name)) {
      return Optional.of(
          new Problem(
              field + ".name",
              "is no name of an object",
              "lower-case letters, digits, '-' and '.', starting and ending with a letter or digit,"
                  + " at most 253"));
    }
    return matching(
        field + ".key",
        key,
        isMatch(KEY, key),
        "letters, digits, '-', '_' and '.', at most 253, not starting with '..'");
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
