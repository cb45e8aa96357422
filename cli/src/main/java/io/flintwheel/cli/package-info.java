/** The flintwheel command. */
@NullMarked
package io.flintwheel.cli;

import org.jspecify.annotations.NullMarked;
