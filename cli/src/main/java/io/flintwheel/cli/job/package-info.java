/** Jobs as the command line sees them: files, publishing, and the HTTP API. */
@NullMarked
package io.flintwheel.cli.job;

import org.jspecify.annotations.NullMarked;
