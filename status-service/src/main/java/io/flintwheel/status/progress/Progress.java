package io.flintwheel.status.progress;

/**
 * How far a running application is, over the Spark jobs it has started so far.
 *
 * @param tasksDone completed tasks; skipped ones count as done
 * @param tasksTotal tasks of all Spark jobs that are known
 * @param tasksActive tasks that run now
 * @param tasksFailed failed task attempts
 */
public record Progress(int tasksDone, int tasksTotal, int tasksActive, int tasksFailed) {}
