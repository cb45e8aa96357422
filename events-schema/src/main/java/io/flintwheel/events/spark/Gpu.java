package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Graphics processors of a pod.
 *
 * @param name the resource, such as {@code nvidia.com/gpu}
 * @param quantity how many
 */
public record Gpu(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) @Bounds(min = 1) Long quantity) {}
