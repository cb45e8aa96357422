package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A Secret and where it is mounted.
 *
 * @param name of the Secret, in the job's namespace
 * @param path in the container
 * @param secretType what it is for
 */
public record SecretInfo(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String path,
    @JsonProperty(required = true) SecretType secretType) {}
