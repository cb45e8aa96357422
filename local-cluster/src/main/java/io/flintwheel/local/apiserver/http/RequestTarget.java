package io.flintwheel.local.apiserver.http;

import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceType.Trait;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the path of a request names.
 *
 * @param namespace null when the path has none: all namespaces, or a type without them
 * @param name null for the collection
 * @param subresource null for the object itself
 * @param eventView true when Events are meant in the form of events.k8s.io
 */
record RequestTarget(
    ResourceType type,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String subresource,
    boolean eventView) {

  static Optional<RequestTarget> parse(String path) {
    List<String> steps = new ArrayList<>();
    for (String step : path.split("/", -1)) {
      if (!step.isEmpty()) {
        steps.add(URLDecoder.decode(step, StandardCharsets.UTF_8));
      }
    }
    if (steps.size() >= 3 && steps.get(0).equals("api")) {
      return below(steps.get(1), steps.subList(2, steps.size()));
    }
    if (steps.size() >= 4 && steps.get(0).equals("apis")) {
      return below(steps.get(1) + "/" + steps.get(2), steps.subList(3, steps.size()));
    }
    return Optional.empty();
  }

  /** The namespace for reading and writing one object: empty when its type has none. */
  String keyNamespace() {
    return namespace == null ? "" : namespace;
  }

  private static Optional<RequestTarget> below(String apiVersion, List<String> steps) {
    boolean namespaced =
        steps.get(0).equals("namespaces")
            && steps.size() > 2
            && !List.of("status", "finalize").contains(steps.get(2));
    String namespace = namespaced ? steps.get(1) : null;
    List<String> rest = namespaced ? steps.subList(2, steps.size()) : steps;
    if (rest.size() > 3) {
      return Optional.empty();
    }
    return ResourceTypes.find(apiVersion, rest.get(0))
        .filter(type -> type.namespaced() || !namespaced)
        .map(
            type ->
                new RequestTarget(
                    type.has(Trait.VIEW) ? ResourceTypes.EVENTS : type,
                    namespace,
                    rest.size() > 1 ? rest.get(1) : null,
                    rest.size() > 2 ? rest.get(2) : null,
                    type.has(Trait.VIEW)));
  }
}
