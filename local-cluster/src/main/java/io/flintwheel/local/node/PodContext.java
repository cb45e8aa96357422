package io.flintwheel.local.node;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What the pods of one node share.
 *
 * @param script run-container.sh on this machine
 */
record PodContext(
    NodeApi api,
    PodEvents events,
    NodeSettings settings,
    LoopbackNetwork network,
    NodeRoom room,
    LogSampler logs,
    MemoryLimits memory,
    Path script,
    Clock clock) {}
