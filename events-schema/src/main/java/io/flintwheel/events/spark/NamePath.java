package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A ConfigMap and where it is mounted.
 *
 * @param name of the ConfigMap, in the job's namespace
 * @param path in the container
 */
public record NamePath(
    @JsonProperty(required = true) String name, @JsonProperty(required = true) String path) {}
