/** The service against real outside systems. */
@NullMarked
package io.flintwheel.status;

import org.jspecify.annotations.NullMarked;
