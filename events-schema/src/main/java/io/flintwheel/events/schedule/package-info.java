/** A schedule and its ticks, as events. */
@NullMarked
package io.flintwheel.events.schedule;

import org.jspecify.annotations.NullMarked;
