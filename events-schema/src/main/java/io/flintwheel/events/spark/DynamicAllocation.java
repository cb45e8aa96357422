package io.flintwheel.events.spark;

import org.jspecify.annotations.Nullable;

/**
 * Spark's own adding and removing of executors.
 *
 * @param enabled off when not given
 * @param initialExecutors to start with
 * @param minExecutors never fewer
 * @param maxExecutors never more
 * @param shuffleTrackingEnabled on when not given
 * @param shuffleTrackingTimeout milliseconds
 */
public record DynamicAllocation(
    @Nullable Boolean enabled,
    @Bounds(min = 0, max = Integer.MAX_VALUE) @Nullable Integer initialExecutors,
    @Bounds(min = 0, max = Integer.MAX_VALUE) @Nullable Integer minExecutors,
    @Bounds(min = 0, max = Integer.MAX_VALUE) @Nullable Integer maxExecutors,
    @Nullable Boolean shuffleTrackingEnabled,
    @Nullable Long shuffleTrackingTimeout) {}
