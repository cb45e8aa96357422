package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The major version of Python. */
public enum PythonVersion {
  @JsonProperty("2")
  TWO,
  @JsonProperty("3")
  THREE
}
