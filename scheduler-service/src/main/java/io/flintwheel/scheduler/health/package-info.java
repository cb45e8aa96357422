/** Readiness, with the name of the culprit. */
@NullMarked
package io.flintwheel.scheduler.health;

import org.jspecify.annotations.NullMarked;
