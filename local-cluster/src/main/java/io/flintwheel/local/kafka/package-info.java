/** A real Apache Kafka broker in this process. */
@NullMarked
package io.flintwheel.local.kafka;

import org.jspecify.annotations.NullMarked;
