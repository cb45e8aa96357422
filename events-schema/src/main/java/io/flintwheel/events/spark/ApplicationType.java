package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The language of an application. */
public enum ApplicationType {
  @JsonProperty("Java")
  JAVA,
  @JsonProperty("Scala")
  SCALA,
  @JsonProperty("Python")
  PYTHON,
  @JsonProperty("R")
  R
}
