/** Owns time and order: schedules and their ticks. */
@NullMarked
package io.flintwheel.scheduler;

import org.jspecify.annotations.NullMarked;
