/** A real PostgreSQL server, run from the binaries that Maven brings. */
@NullMarked
package io.flintwheel.local.postgres;

import org.jspecify.annotations.NullMarked;
