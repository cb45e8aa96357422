/** What is done now and then: trimming what nobody needs any more, and measuring. */
@NullMarked
package io.flintwheel.scheduler.housekeeping;

import org.jspecify.annotations.NullMarked;
