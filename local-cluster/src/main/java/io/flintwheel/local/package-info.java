/** The local cluster: what production has elsewhere, in one process. */
@NullMarked
package io.flintwheel.local;

import org.jspecify.annotations.NullMarked;
