/**
 * Five-field cron in local time: reading, refusing and finding the next match. Knows no time zone.
 */
@NullMarked
package io.flintwheel.scheduler.cron;

import org.jspecify.annotations.NullMarked;
