package io.flintwheel.status.projection;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.PodRef;
import org.jspecify.annotations.Nullable;

/**
 * A pod of which no end is known.
 *
 * @param executorId Spark's id of the executor; null for a driver
 */
public record OpenPod(
    JobId jobId, String namespace, int attempt, @Nullable String executorId, PodRef pod) {}
