/**
 * When a schedule's ticks are: cron in a time zone, intervals and one-shot times, and their union.
 */
@NullMarked
package io.flintwheel.scheduler.recurrence;

import org.jspecify.annotations.NullMarked;
