package io.flintwheel.status.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody asked for the job to be stopped. */
public record Cancellation(Instant requestedAt, @Nullable String reason) {}
