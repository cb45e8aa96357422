/** A job: its commands, its facts and its lifecycle. */
@NullMarked
package io.flintwheel.events.job;

import org.jspecify.annotations.NullMarked;
