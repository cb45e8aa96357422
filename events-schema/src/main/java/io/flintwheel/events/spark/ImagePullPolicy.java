package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a kubelet fetches an image. */
public enum ImagePullPolicy {
  @JsonProperty("Always")
  ALWAYS,
  @JsonProperty("IfNotPresent")
  IF_NOT_PRESENT,
  @JsonProperty("Never")
  NEVER
}
