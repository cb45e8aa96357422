/** The contract between the parts of Flintwheel: what is on Kafka, and nothing else. */
@NullMarked
package io.flintwheel.events;

import org.jspecify.annotations.NullMarked;
