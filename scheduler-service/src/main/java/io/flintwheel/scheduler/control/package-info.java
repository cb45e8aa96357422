/** What users do to schedules: create, change, pause, resume, trigger, delete. */
@NullMarked
package io.flintwheel.scheduler.control;

import org.jspecify.annotations.NullMarked;
