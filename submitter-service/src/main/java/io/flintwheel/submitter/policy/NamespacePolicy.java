package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.SubmitterConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** In which namespaces jobs may run. */
@ApplicationScoped
public class NamespacePolicy {

  private final SortedSet<String> allowed;

  NamespacePolicy(SubmitterConfig config) {
    this.allowed = new TreeSet<>(config.namespaces());
  }

  /** The namespaces, in their order. */
  public SortedSet<String> allowed() {
    return allowed;
  }

  public Optional<Problem> check(String namespace) {
    return allowed.contains(namespace)
        ? Optional.empty()
        : Optional.of(
            Rule.STAY_IN_NAMESPACE.refuses(
                "namespace",
                "jobs may not run in namespace '" + namespace + "'",
                "one of " + String.join(", ", allowed)));
  }
}
