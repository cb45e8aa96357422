/** The five steps of flintwheel demo. */
@NullMarked
package io.flintwheel.cli.demo;

import org.jspecify.annotations.NullMarked;
