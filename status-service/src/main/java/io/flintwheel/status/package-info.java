/** The status service: watches pods, tells of them on Kafka, projects and answers. */
@NullMarked
package io.flintwheel.status;

import org.jspecify.annotations.NullMarked;
