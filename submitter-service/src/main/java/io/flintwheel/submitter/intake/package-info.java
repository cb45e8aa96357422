/**
 * Takes requests from Kafka: in order within a job, several jobs at a time, and no further than
 * what is durable.
 */
@NullMarked
package io.flintwheel.submitter.intake;

import org.jspecify.annotations.NullMarked;
