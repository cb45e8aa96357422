package io.flintwheel.events.job;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, or worth a warning.
 *
 * @param field where, as a path such as {@code spec.driver.cores}; empty for the whole
 * @param message what is wrong, with the offending value where it is no secret
 * @param expected what would be right
 */
public record Problem(String field, String message, @Nullable String expected) {}
