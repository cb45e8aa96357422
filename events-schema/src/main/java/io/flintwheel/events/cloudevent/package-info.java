/** CloudEvents 1.0 on Kafka: reading and writing both content modes. */
@NullMarked
package io.flintwheel.events.cloudevent;

import org.jspecify.annotations.NullMarked;
