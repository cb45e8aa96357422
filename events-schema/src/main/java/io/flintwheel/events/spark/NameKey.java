package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One value of a Secret.
 *
 * @param name of the Secret, in the job's namespace
 * @param key in the Secret
 */
public record NameKey(
    @JsonProperty(required = true) String name, @JsonProperty(required = true) String key) {}
