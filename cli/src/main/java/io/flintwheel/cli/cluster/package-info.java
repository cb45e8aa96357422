/** Starting, stopping and describing the local installation. */
@NullMarked
package io.flintwheel.cli.cluster;

import org.jspecify.annotations.NullMarked;
