package io.flintwheel.events.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What is told to a batch scheduler such as Volcano or YuniKorn.
 *
 * @param queue the queue that the job waits in
 * @param priorityClassName of the job's pod group
 * @param resources a Kubernetes ResourceList that replaces the computed sum of the job
 */
public record BatchSchedulerOptions(
    @Nullable String queue, @Nullable String priorityClassName, @Nullable ObjectNode resources) {}
