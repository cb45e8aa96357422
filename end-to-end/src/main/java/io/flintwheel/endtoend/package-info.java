/** A whole Flintwheel as its users run it: packaged services, each its own process. */
@NullMarked
package io.flintwheel.endtoend;

import org.jspecify.annotations.NullMarked;
