package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the driver runs. */
public enum DeployMode {
  /** In a pod of its own. */
  @JsonProperty("cluster")
  CLUSTER,
  /** Beside whoever submits; upstream never implemented it. */
  @JsonProperty("client")
  CLIENT
}
