package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A port of a container.
 *
 * @param name of the port
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param containerPort its number
 */
public record Port(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) @Syntax(pattern = "TCP|UDP|SCTP", says = "one of TCP, UDP, SCTP")
        String protocol,
    @JsonProperty(required = true) @Bounds(min = 1, max = 65535) Integer containerPort) {}
