package io.flintwheel.status.logs;

/**
 * What is kept of a log.
 *
 * @param complete false when the driver could have written more since
 */
record ArchivedLog(LogEnd end, boolean complete) {}
