/** Turns a job request into a driver pod. */
@NullMarked
package io.flintwheel.submitter;

import org.jspecify.annotations.NullMarked;
