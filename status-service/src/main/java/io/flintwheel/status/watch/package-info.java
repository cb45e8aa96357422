/** Pods, as facts about jobs on Kafka. */
@NullMarked
package io.flintwheel.status.watch;

import org.jspecify.annotations.NullMarked;
