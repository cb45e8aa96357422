/** How far a running driver is. */
@NullMarked
package io.flintwheel.status.progress;

import org.jspecify.annotations.NullMarked;
