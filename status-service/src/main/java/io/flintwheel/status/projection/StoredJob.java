package io.flintwheel.status.projection;

import io.flintwheel.status.job.Job;
import java.time.Instant;

/**
 * A job as it lies in the database.
 *
 * @param created grows with every job; the order of pages
 * @param change grows with every commit, over all jobs; the order of streams
 * @param updatedAt when it changed last
 */
public record StoredJob(Job job, long created, long change, Instant updatedAt) {}
