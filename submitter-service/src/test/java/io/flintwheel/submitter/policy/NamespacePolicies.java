package io.flintwheel.submitter.policy;

import io.flintwheel.submitter.SubmitterConfig;

/** Lets tests of other packages make the policy without a container. */
public final class NamespacePolicies {

  private NamespacePolicies() {}

  public static NamespacePolicy of(SubmitterConfig config) {
    return new NamespacePolicy(config);
  }
}
