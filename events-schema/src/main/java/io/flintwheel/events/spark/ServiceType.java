package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a Kubernetes Service is reached. */
public enum ServiceType {
  @JsonProperty("ClusterIP")
  CLUSTER_IP,
  @JsonProperty("NodePort")
  NODE_PORT,
  @JsonProperty("LoadBalancer")
  LOAD_BALANCER,
  @JsonProperty("ExternalName")
  EXTERNAL_NAME
}
