/** Threads that work when there is something to do and sleep otherwise. */
@NullMarked
package io.flintwheel.scheduler.loop;

import org.jspecify.annotations.NullMarked;
