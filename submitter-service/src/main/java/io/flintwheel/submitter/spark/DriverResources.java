package io.flintwheel.submitter.spark;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;

/**
 * The Kubernetes objects of one attempt. The same request always gives the same objects.
 *
 * @param pod the driver
 * @param configMap its configuration, mounted by the pod
 * @param services its headless Service
 */
public record DriverResources(Pod pod, ConfigMap configMap, List<Service> services) {

  public DriverResources {
    services = List.copyOf(services);
  }
}
