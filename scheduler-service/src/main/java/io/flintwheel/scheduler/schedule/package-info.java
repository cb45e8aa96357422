/** A schedule as it is written by users and kept in PostgreSQL. */
@NullMarked
package io.flintwheel.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
