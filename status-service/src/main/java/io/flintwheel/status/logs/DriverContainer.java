package io.flintwheel.status.logs;

import io.flintwheel.events.job.JobId;

/**
 * The container that a driver's log comes from.
 *
 * @param uid of the pod, so that a later pod of the same name is not taken for it
 */
public record DriverContainer(
    JobId jobId, int attempt, String namespace, String pod, String uid, String container) {}
