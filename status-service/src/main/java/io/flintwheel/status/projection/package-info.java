/** The job topics, as rows in PostgreSQL. */
@NullMarked
package io.flintwheel.status.projection;

import org.jspecify.annotations.NullMarked;
