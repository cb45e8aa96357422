/** The API of the scheduler, and its problems in words. */
@NullMarked
package io.flintwheel.scheduler.http;

import org.jspecify.annotations.NullMarked;
