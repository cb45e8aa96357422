/** The broker: publishing with a promise, and whether it is there. */
@NullMarked
package io.flintwheel.submitter.kafka;

import org.jspecify.annotations.NullMarked;
