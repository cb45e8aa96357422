/** Readiness, told with the name of whoever is away. Liveness says nothing about others. */
@NullMarked
package io.flintwheel.submitter.health;

import org.jspecify.annotations.NullMarked;
