/** The same request, told twice, is answered once and done once. */
@NullMarked
package io.flintwheel.scheduler.idempotency;

import org.jspecify.annotations.NullMarked;
