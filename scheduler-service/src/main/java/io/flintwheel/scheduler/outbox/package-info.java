/**
 * Events leave through a table: written with their cause, published afterwards, in order per key.
 */
@NullMarked
package io.flintwheel.scheduler.outbox;

import org.jspecify.annotations.NullMarked;
