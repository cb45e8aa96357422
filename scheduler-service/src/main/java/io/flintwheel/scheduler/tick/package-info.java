/** Which ticks are due, what becomes of each, and the transaction that says so. */
@NullMarked
package io.flintwheel.scheduler.tick;

import org.jspecify.annotations.NullMarked;
