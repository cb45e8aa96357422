/** Readiness: one named check for each outside system. */
@NullMarked
package io.flintwheel.status.health;

import org.jspecify.annotations.NullMarked;
