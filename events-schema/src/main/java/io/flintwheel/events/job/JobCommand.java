package io.flintwheel.events.job;

/** Somebody wants something of a job; travels on {@code Topics.JOB_REQUESTS}. */
public sealed interface JobCommand extends JobMessage permits JobRequested, JobCancelRequested {}
