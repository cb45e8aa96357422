/** Measurements; what they found is in {@code docs/performance.md}. */
@NullMarked
package io.flintwheel.benchmarks;

import org.jspecify.annotations.NullMarked;
