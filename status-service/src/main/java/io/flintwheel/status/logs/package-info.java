/** What drivers wrote: from the pod while it exists, from the archive afterwards. */
@NullMarked
package io.flintwheel.status.logs;

import org.jspecify.annotations.NullMarked;
