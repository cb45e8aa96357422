package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobRequested;
import java.util.Optional;

/**
 * What tells two jobs of one id apart.
 *
 * @param namespace where it runs
 * @param digest {@link io.flintwheel.events.job.JobSpec#digest()}
 */
public record Specification(String namespace, String digest) {

  /** What is asked for. */
  public static Specification of(JobRequested request) {
    return new Specification(request.namespace(), request.spec().digest());
  }

  /** What a driver was made from; empty when somebody took the annotation away. */
  static Optional<Specification> of(Pod driver) {
    return Optional.ofNullable(DriverPods.annotation(driver, JobLabels.SPEC_DIGEST))
        .map(digest -> new Specification(driver.getMetadata().getNamespace(), digest));
  }
}
